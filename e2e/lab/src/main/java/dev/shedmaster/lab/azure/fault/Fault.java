package dev.shedmaster.lab.azure.fault;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A fault that can be switched on.
 *
 * @param times how often it happens before it is spent; null: without end
 * @param lasts how long it stays on; null: until it is cleared
 * @param probability of happening to a call that it is aimed at, 0 to 1
 */
public record Fault(
        FaultEffect effect,
        FaultScope scope,
        @Nullable Integer times,
        @Nullable Duration lasts,
        double probability) {

    public Fault {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be above 0 and at most 1, but is " + probability);
        }
        if (times != null && times < 1) {
            throw new IllegalArgumentException("times must be at least 1, but is " + times);
        }
    }

    public static Fault always(FaultEffect effect, FaultScope scope) {
        return new Fault(effect, scope, null, null, 1);
    }

    public static Fault once(FaultEffect effect, FaultScope scope) {
        return new Fault(effect, scope, 1, null, 1);
    }

    public static Fault times(int times, FaultEffect effect, FaultScope scope) {
        return new Fault(effect, scope, times, null, 1);
    }

    public static Fault lasting(Duration lasts, FaultEffect effect, FaultScope scope) {
        return new Fault(effect, scope, null, lasts, 1);
    }
}
