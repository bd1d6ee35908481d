package dev.shedmaster.machine.robot;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of one kind in the hour that has just passed. Robot's hours begin when it likes; whatever their beginning,
 * there are never more calls in one of them than in an hour of ours, as there would be with a bucket that refills while it
 * empties. Not safe for threads: {@link RobotBudget} guards it.
 */
final class RequestWindow {
    static final Duration LENGTH = Duration.ofHours(1);

    /** @param about what the call was about, so that one server's calls can be told from those of others */
    private record Call(Instant at, String about) {}

    private final int limit;
    private final int limitForOne;
    private final Deque<Call> calls = new ArrayDeque<>();
    private Instant frozenUntil = Instant.MIN;

    /**
     * A window without calls.
     *
     * @param limit how many calls there may be
     * @param limitForOne how many of them may be about the same
     */
    RequestWindow(int limit, int limitForOne) {
        this.limit = limit;
        this.limitForOne = limitForOne;
    }

    /** From when on such a call may be made; now, if it may be at once. */
    Instant readyAt(String about, Instant now) {
        forgetBefore(now);
        Instant ready = frozenUntil.isAfter(now) ? frozenUntil : now;
        if (calls.size() >= limit) {
            ready = later(ready, calls.getFirst().at().plus(LENGTH));
        }
        if (calls.stream().filter(call -> call.about().equals(about)).count() >= limitForOne) {
            ready = later(ready, firstAbout(about, now).plus(LENGTH));
        }
        return ready;
    }

    void take(String about, Instant now) {
        calls.addLast(new Call(now, about));
    }

    /** Robot wants none of this kind for so long: somebody else uses the account as well. */
    void freeze(Duration pause, Instant now) {
        frozenUntil = later(frozenUntil, now.plus(pause));
    }

    /** Until when Robot wants none; null if it takes them. */
    @Nullable
    Instant frozenUntil(Instant now) {
        return frozenUntil.isAfter(now) ? frozenUntil : null;
    }

    int limit() {
        return limit;
    }

    /** How many calls may be made now. */
    int left(Instant now) {
        forgetBefore(now);
        return frozenUntil.isAfter(now) ? 0 : limit - calls.size();
    }

    private Instant firstAbout(String about, Instant otherwise) {
        return calls.stream()
                .filter(call -> call.about().equals(about))
                .map(Call::at)
                .findFirst()
                .orElse(otherwise);
    }

    private void forgetBefore(Instant now) {
        while (!calls.isEmpty() && !calls.getFirst().at().plus(LENGTH).isAfter(now)) {
            calls.removeFirst();
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
