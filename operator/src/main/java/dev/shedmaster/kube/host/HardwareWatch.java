package dev.shedmaster.kube.host;

import dev.shedmaster.core.host.Checkup;
import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What the hardware of one host has said of itself, and what follows: read every few minutes while its system is asked at all. */
final class HardwareWatch implements AutoCloseable {
    /** Disks wear over months and heat lasts for minutes, while each reading keeps all disks busy for a moment. */
    private static final Duration PACE = Duration.ofMinutes(5);

    /** However many are in a hurry. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    /** When three readings in a row have failed, what was read before is history. */
    private static final Duration OLD = PACE.multipliedBy(2);

    /**
     * What is known.
     *
     * @param report what was read last; null if nothing was
     * @param checkup what is wrong by it
     * @param trouble why the newest attempt failed; null if it did not
     * @param troubledSince when the first of the attempts was that have failed since then; null if the newest did not
     */
    record Known(
            @Nullable HardwareReport report,
            Checkup checkup,
            @Nullable PortError trouble,
            @Nullable Instant troubledSince) {
        static final Known NOTHING = new Known(null, Checkup.NONE, null, null);

        private Known reading(Outcome<HardwareReport> outcome, Instant now) {
            return switch (outcome) {
                case Outcome.Done<HardwareReport>(HardwareReport read) ->
                    new Known(read, Checkup.of(read, checkup), null, null);
                case Outcome.Failed<HardwareReport>(PortError error) ->
                    new Known(report, checkup, error, troubledSince == null ? now : troubledSince);
            };
        }

        /** Whether it is too long ago to say that anything is well. */
        boolean isOld(Instant now) {
            return troubledSince != null && !now.isBefore(troubledSince.plus(OLD));
        }
    }

    private final String host;
    private final InstantSource clock;
    private final BiConsumer<Known, Known> listener;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable Feed<HardwareReport> feed;
    private Known known = Known.NOTHING;
    /** How often it was closed: what began before says nothing of what is watched now. */
    private int closed;

    /** @param listener is told after each reading, of what was known before and is now */
    HardwareWatch(String host, InstantSource clock, BiConsumer<Known, Known> listener) {
        this.host = host;
        this.clock = clock;
        this.listener = listener;
    }

    synchronized Known known() {
        return known;
    }

    /** Reads from now on, unless it does. */
    synchronized void begin(HostDriver driver) {
        if (feed == null) {
            feed = new Feed<HardwareReport>(
                            "hardware of host " + host,
                            () -> read(driver),
                            (before, now) -> PACE,
                            LEAST,
                            clock,
                            (before, now) -> {})
                    .start();
        }
    }

    /** Reads now, for who cannot wait: what is known then. */
    Known examine(HostDriver driver) {
        read(driver);
        return known();
    }

    private Outcome<HardwareReport> read(HostDriver driver) {
        // One at a time: disks answer one command after the other, and the newest reading is the one that began last.
        turn.lock();
        try {
            int begun = timesClosed();
            Outcome<HardwareReport> outcome =
                    NewestProgram.answer(driver, HostDriver::health, HardwareWatch::isOfAnother);
            note(outcome, begun);
            return outcome;
        } finally {
            turn.unlock();
        }
    }

    /** Whether it does not know the question. */
    private static boolean isOfAnother(Outcome<HardwareReport> told) {
        return told instanceof Outcome.Failed<HardwareReport>(PortError error)
                && (error instanceof PortError.Invalid || error instanceof PortError.NotFound);
    }

    private synchronized int timesClosed() {
        return closed;
    }

    private void note(Outcome<HardwareReport> outcome, int begun) {
        Known before;
        Known now;
        synchronized (this) {
            if (begun != closed) {
                return;
            }
            before = known;
            now = before.reading(outcome, clock.instant());
            known = now;
        }
        listener.accept(before, now);
    }

    /** Reads no more, and forgets: what is done to a server meanwhile may change all of it. */
    @Override
    public synchronized void close() {
        if (feed != null) {
            feed.close();
            feed = null;
        }
        known = Known.NOTHING;
        closed++;
    }
}
