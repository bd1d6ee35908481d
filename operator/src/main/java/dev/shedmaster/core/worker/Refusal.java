package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Blockage;
import java.time.Duration;

/** How a request for a machine or a registration was answered, if not with yes. */
public sealed interface Refusal {

    String message();

    /** Whether it is certain that nothing exists of what was asked for, even if it was asked for before. */
    default boolean leavesNothing() {
        return switch (this) {
            case NoCapacity n -> true;
            case Invalid i -> true;
            case Throttled t -> false;
            case HeldBack h -> false;
            case Unauthorized u -> false;
            case Unsure u -> false;
        };
    }

    /** Not to be had now: the next offering may be tried at once. Nothing was left behind. */
    record NoCapacity(Blockage blockage, String message) implements Refusal {}

    /** Nothing was done; the same may be asked again after this time. */
    record Throttled(Duration retryAfter, String message) implements Refusal {}

    /** Not asked yet: others of ours come first. The turn comes after this time; how long it takes is nobody's failure. */
    record HeldBack(Duration retryAfter, String message) implements Refusal {}

    /** The credential is refused; a person has to act, after which the same may be asked again. */
    record Unauthorized(String message) implements Refusal {}

    /** The request is wrong and stays wrong. */
    record Invalid(String field, String message) implements Refusal {}

    /** It may have been done: ask the same again, the answer will tell. */
    record Unsure(String message) implements Refusal {}
}
