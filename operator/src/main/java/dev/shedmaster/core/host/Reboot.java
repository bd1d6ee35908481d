package dev.shedmaster.core.host;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reboot that was, or is about to be, asked for. It is recorded before it is asked for and kept until its outcome is seen, so that
 * nobody asks twice.
 *
 * @param by how
 * @param at when it was recorded
 * @param bootBefore what was known to run before it: a boot id, empty if nothing was
 * @param rescueBefore which boot of the rescue system the landlord told of last, before it; null if of none, or if nobody asked. Only
 *     another one proves anything: clocks differ, and the landlord's times may be of any zone
 * @param after what was tried before it for the same purpose; null if nothing was
 */
public record Reboot(
        Rung by,
        Instant at,
        String bootBefore,
        @Nullable Instant rescueBefore,
        @Nullable Rung after) {

    /** As it was before this one, which certainly was not made: what was tried before has had its time. */
    @Nullable
    Reboot undone(Duration timeout) {
        return after == null ? null : new Reboot(after, at.minus(timeout), bootBefore, rescueBefore, null);
    }

    /** The same one, whose time is over: it cannot be made. */
    Reboot over(Duration timeout) {
        return new Reboot(by, at.minus(timeout), bootBefore, rescueBefore, after);
    }
}
