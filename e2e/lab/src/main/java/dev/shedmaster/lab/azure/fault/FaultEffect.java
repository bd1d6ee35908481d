package dev.shedmaster.lab.azure.fault;

import dev.shedmaster.lab.time.Latency;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a fault does. Each is looked for at the one place where it can happen. */
public sealed interface FaultEffect {

    /** The call is refused at once with this error; null fields keep what the catalogue says. */
    record Refuse(
            KnownError error,
            @Nullable String message,
            @Nullable Integer status,
            @Nullable Duration retryAfter) implements FaultEffect {
        public Refuse(KnownError error) {
            this(error, null, null, null);
        }
    }

    /** The creation is accepted and fails through its operation; the machine stays, in state Failed, with its NIC. */
    record FailLater(KnownError error, @Nullable String message) implements FaultEffect {
        public FailLater(KnownError error) {
            this(error, null);
        }
    }

    /**
     * 429. {@code source} says whose: Resource Manager's own or the compute provider's. A null {@code retryAfter} leaves the header out, which
     * Azure should not do and proxies do.
     */
    record Throttle(Source source, @Nullable Duration retryAfter) implements FaultEffect {
        /** Who refuses. */
        public enum Source {
            FRONT_DOOR,
            COMPUTE
        }
    }

    /** A 5xx (or any status) from something in front of Azure; {@code html} instead of JSON as gateways do. */
    record BrokenServer(int status, boolean html, @Nullable Duration retryAfter) implements FaultEffect {}

    /** The connection is reset before the call has any effect. */
    record Reset() implements FaultEffect {}

    /** The call takes effect, and the connection is reset instead of an answer. */
    record LoseResponse() implements FaultEffect {}

    /** The answer comes late. */
    record Delay(Duration by) implements FaultEffect {}

    /** New machines are missing from lists, and deleted ones still in them, for this long. */
    record ListLag(Duration by) implements FaultEffect {}

    /** The instance view answers 404, by itself and as a part of its machine, although the machine is there. */
    record HideInstanceView() implements FaultEffect {}

    /** The list that tells the power of machines shows those as stopped whose creation goes on. */
    record ShowStoppedBeforeStart() implements FaultEffect {}

    /** The operation's URL answers 404 although it ran or still runs. */
    record ForgetOperation() implements FaultEffect {}

    /** The machine runs and its agent of provisioning never reports; Azure gives up after 40 minutes. */
    record NeverReady() implements FaultEffect {}

    /** The guest's boot takes this time instead of the usual. */
    record SlowBoot(Latency latency) implements FaultEffect {}

    /** The guest boots, and the agent in it does not come, for a reason of its own (a broken image, no network). */
    record NoAgent(String why) implements FaultEffect {}

    /**
     * The guest boots, and what has to run before the agent fails: the serial console says {@code why}, and the guest does what
     * its unit says of the service's end. Our boot data powers the machine off.
     */
    record PreparationFails(String why) implements FaultEffect {}

    /** A spot machine is evicted this long after it runs. */
    record Evict(Duration after) implements FaultEffect {}

    /** The authority or instance metadata refuses to give a token. */
    record RefuseToken(int status, String error, String description) implements FaultEffect {}

    /** Resource Manager takes no token (revoked, or the clock of one side is wrong). */
    record RejectToken() implements FaultEffect {}
}
