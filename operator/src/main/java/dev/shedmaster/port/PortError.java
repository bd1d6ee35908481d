package dev.shedmaster.port;

import dev.shedmaster.core.placement.Blockage;
import java.time.Duration;

/**
 * Everything that can go wrong beyond a port, as values. Each adapter owns a classifier that maps its system's answers to
 * these; nothing else crosses a port.
 */
public sealed interface PortError {

    /** What happened, in a sentence that a person can act on; never holds a credential. */
    String message();

    /**
     * Whether it is certain that nothing is there of what was asked for, not even from an earlier call of the same order whose
     * answer was lost.
     */
    default boolean leavesNothing() {
        return switch (this) {
            case CapacityExhausted exhausted -> true;
            case QuotaExceeded exceeded -> true;
            case Invalid invalid -> true;
            case AlreadyExists taken -> true;
            case NotFound missing -> true;
            case Later later -> false;
            case Unauthorized refused -> false;
            case Transient lost -> false;
        };
    }

    /** Nothing was done; the same call may be made after {@code retryAfter}. */
    sealed interface Later extends PortError {
        Duration retryAfter();
    }

    /** The thing asked for is not there. */
    record NotFound(String message) implements PortError {}

    /** A thing of that name is there already and is not ours. */
    record AlreadyExists(String message) implements PortError {}

    /** The provider has no such machine now; {@code blockage} says which offerings are not worth asking for, until when. */
    record CapacityExhausted(Blockage blockage, String message) implements PortError {}

    /** The account may not have more; {@code blockage} says which offerings that covers, until when. */
    record QuotaExceeded(Blockage blockage, String message) implements PortError {}

    /** The system refuses it for too many requests. */
    record Throttled(Duration retryAfter, String message) implements Later {}

    /** Not sent: calls of ours before it use up what may be asked of the system, or keep it busy. */
    record HeldBack(Duration retryAfter, String message) implements Later {}

    /**
     * The credential is refused, so that no call is made with it again until its Secret changes, or it lacks a permission.
     *
     * @param lacksPermission whether it is certain that the credential itself is accepted
     */
    record Unauthorized(String message, boolean lacksPermission) implements PortError {
        public Unauthorized(String message) {
            this(message, false);
        }
    }

    /** The request itself is wrong and will be wrong again: {@code field} names what the user has to change. */
    record Invalid(String field, String message) implements PortError {}

    /** The call may or may not have taken effect: observe, then try again. */
    record Transient(String message) implements PortError {}
}
