package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.Blockage.ClosedAccount;
import dev.shedmaster.core.placement.Blockage.Closure;
import dev.shedmaster.core.placement.Offering;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

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

    /** An account that wants to be left alone for this long would cost a worker half of its time. */
    Duration LONG = Duration.ofMinutes(5);

    /**
     * How long an account is passed over that refuses an order, unless it is known sooner to serve us again: longer than
     * {@code Policy.probeEvery}, so that where there is no other account one order tries it before all may.
     */
    Duration PASSED_OVER = Duration.ofMinutes(15);

    /**
     * How long an offering is passed over that a provider finds wrong for a template. People who correct the pool change the
     * template; what was wrong at the provider is found mended by a trial.
     */
    Duration UNFIT_FOR = Duration.ofMinutes(30);

    /** Whether this request, by itself, certainly had no effect; one before it may have had. */
    default boolean isWithoutEffect() {
        return switch (this) {
            case NoCapacity n -> true;
            case Invalid i -> true;
            case Throttled t -> true;
            case HeldBack h -> true;
            case Unauthorized u -> true;
            case Unsure u -> false;
        };
    }

    /**
     * What a provider's refusal of one offering says about other requests; nothing if it is about that one alone.
     *
     * @param template what the machine would have been made from
     */
    default Optional<Blockage> blockage(Offering refused, String template, Instant now) {
        return switch (this) {
            case NoCapacity none -> Optional.of(none.blockage());
            case Unauthorized u ->
                Optional.of(closed(refused, Closure.REFUSES_ORDERS, now.plus(PASSED_OVER), u.message()));
            case Throttled t
            when t.retryAfter().compareTo(LONG) >= 0 ->
                Optional.of(closed(refused, Closure.WANTS_REST, now.plus(t.retryAfter()), t.message()));
            case Throttled t -> Optional.empty();
            case HeldBack h -> Optional.empty();
            case Invalid invalid ->
                Optional.of(new Blockage(
                        new Blockage.UnfitOrder(template, refused), now.plus(UNFIT_FOR), invalid.describe()));
            case Unsure u -> Optional.empty();
        };
    }

    private static Blockage closed(Offering refused, Closure closure, Instant until, String why) {
        return new Blockage(new ClosedAccount(refused.account(), closure), until, why);
    }

    /** Not to be had now: the next offering may be tried at once. Nothing was left behind. */
    record NoCapacity(Blockage blockage, String message) implements Refusal {}

    /** Nothing was done; the same may be asked again after this time. */
    record Throttled(Duration retryAfter, String message) implements Refusal {}

    /** Not asked yet: others of ours come first. The turn comes after this time; how long it takes is nobody's failure. */
    record HeldBack(Duration retryAfter, String message) implements Refusal {}

    /** The credential is refused, or lacks a right; a person has to act, after which the same may be asked again. */
    record Unauthorized(String message) implements Refusal {}

    /** The request is wrong and stays wrong. */
    record Invalid(String field, String message) implements Refusal {
        String describe() {
            return message.startsWith(field + ": ") ? message : field + ": " + message;
        }
    }

    /** It may have been done: ask the same again, the answer will tell. */
    record Unsure(String message) implements Refusal {}
}
