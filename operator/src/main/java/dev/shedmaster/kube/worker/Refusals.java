package dev.shedmaster.kube.worker;

import dev.shedmaster.core.worker.Refusal;
import dev.shedmaster.port.PortError;

/** Says in the core's words what a port answered. */
public final class Refusals {

    private Refusals() {}

    public static Refusal of(PortError error) {
        return switch (error) {
            case PortError.CapacityExhausted e -> new Refusal.NoCapacity(e.blockage(), e.message());
            case PortError.QuotaExceeded e -> new Refusal.NoCapacity(e.blockage(), e.message());
            case PortError.Throttled e -> new Refusal.Throttled(e.retryAfter(), e.message());
            case PortError.HeldBack e -> new Refusal.HeldBack(e.retryAfter(), e.message());
            case PortError.Unauthorized e -> new Refusal.Unauthorized(e.message());
            case PortError.Invalid e -> new Refusal.Invalid(e.field(), e.message());
            case PortError.AlreadyExists e -> new Refusal.Invalid("name", e.message());
            case PortError.NotFound e -> new Refusal.Invalid("reference", e.message());
            case PortError.Transient e -> new Refusal.Unsure(e.message());
        };
    }
}
