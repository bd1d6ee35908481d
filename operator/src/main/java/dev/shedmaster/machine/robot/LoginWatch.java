package dev.shedmaster.machine.robot;

import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Keeps this address from being blocked: Robot does so for 10 minutes at the third bad login, whoever made them, and a
 * cluster's nodes often share one address. All accounts at one endpoint share a watch. Of credentials that were never
 * accepted one is tried at a time, and none while two were refused in the last minutes.
 */
public final class LoginWatch {
    private static final int REFUSALS_AT_MOST = 2;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final ReentrantLock trying = new ReentrantLock(true);
    private final Deque<Instant> refusals = new ArrayDeque<>();

    public LoginWatch(InstantSource clock) {
        this.clock = clock;
    }

    /** Makes a call with a credential that was not accepted so far, or says when to come again. */
    Outcome<ApiAnswer> tryOut(Supplier<Outcome<ApiAnswer>> call) {
        try {
            if (!trying.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return Outcome.failed(new PortError.HeldBack(
                        COME_AGAIN, "another login at Robot is tried first, and Robot has not answered yet"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.failed(new PortError.Transient("interrupted before the login at Robot"));
        }
        try {
            Duration pause = pause();
            return pause.isPositive()
                    ? Outcome.failed(new PortError.HeldBack(
                            pause,
                            "Robot has refused " + REFUSALS_AT_MOST + " logins from here within "
                                    + WINDOW.toMinutes() + " minutes and would block this address at the next: the"
                                    + " credentials are tried when these minutes are over"))
                    : call.get();
        } finally {
            trying.unlock();
        }
    }

    /** A login was refused, with whatever credential. */
    void refused() {
        synchronized (refusals) {
            refusals.addLast(clock.instant());
        }
    }

    private Duration pause() {
        Instant now = clock.instant();
        synchronized (refusals) {
            refusals.removeIf(refusal -> !refusal.plus(WINDOW).isAfter(now));
            return refusals.size() < REFUSALS_AT_MOST
                    ? Duration.ZERO
                    : Duration.between(now, refusals.getFirst().plus(WINDOW));
        }
    }
}
