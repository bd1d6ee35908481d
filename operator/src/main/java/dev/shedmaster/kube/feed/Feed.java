package dev.shedmaster.kube.feed;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads something outside again and again, one reading at a time, on a virtual thread of its own, and keeps the newest.
 * A failed reading keeps the value of the last good one; nothing that a reading does can end the feed but
 * {@link #close()}. What takes long is read more rarely: the larger the fleet, the more the other side has to do for each
 * reading, and it must be left time for the rest.
 */
public final class Feed<T> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Feed.class);

    /** The pause after a reading is at least so many times what it took: a feed takes a quarter of anybody's time at most. */
    private static final int PAUSES_TO_A_READING = 3;

    /** However slow the other side is, news must not be older than that. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);

    /** Is told of every reading, on the feed's own thread. */
    public interface Listener<T> {
        void read(Reading<T> before, Reading<T> now);
    }

    private final String name;
    private final Supplier<Outcome<T>> source;
    private final Pace<T> pace;
    private final Duration least;
    private final InstantSource clock;
    private final Listener<T> listener;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private volatile Reading<T> latest = Reading.none();
    private volatile Instant lastTurn;
    private boolean hurried;
    private boolean closed;

    /**
     * A feed that is not yet started.
     *
     * @param least the shortest pause between two readings, however many are in a hurry
     */
    public Feed(
            String name,
            Supplier<Outcome<T>> source,
            Pace<T> pace,
            Duration least,
            InstantSource clock,
            Listener<T> listener) {
        this.name = name;
        this.source = source;
        this.pace = pace;
        this.least = least;
        this.clock = clock;
        this.listener = listener;
        this.lastTurn = clock.instant();
    }

    public Feed<T> start() {
        Thread.ofVirtual().name("feed " + name).start(this::run);
        return this;
    }

    public Reading<T> latest() {
        return latest;
    }

    /** When the feed last finished a reading, good or not: a feed that stands still is a fault of ours. */
    public Instant lastTurn() {
        return lastTurn;
    }

    /** Reads again as soon as the shortest pause since the last reading has passed. */
    public void hurry() {
        lock.lock();
        try {
            hurried = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            wake.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        Duration pause = Duration.ZERO;
        Duration rest = Duration.ZERO;
        while (pauses(pause, rest)) {
            long begun = System.nanoTime();
            pause = turn();
            rest = rest(latest, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** The shortest pause after a reading that took so long. How soon one is repeated that failed, its pace alone says. */
    static Duration rest(Reading<?> reading, Duration taken) {
        if (reading.trouble() != null) {
            return Duration.ZERO;
        }
        Duration rest = taken.multipliedBy(PAUSES_TO_A_READING);
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    private Duration turn() {
        Reading<T> before = latest;
        Instant begun = clock.instant();
        Reading<T> now = switch (attempt()) {
            case Outcome.Done<T> done -> new Reading<>(done.value(), begun, null);
            case Outcome.Failed<T> failed -> new Reading<>(before.value(), before.begunAt(), failed.error());
        };
        latest = now;
        reportTrouble(before.trouble(), now.trouble());
        if (!isClosed()) {
            passOn(before, now);
        }
        lastTurn = clock.instant();
        return pace.next(before, now);
    }

    /** What it still reads after its end, another may have read since. */
    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void passOn(Reading<T> before, Reading<T> now) {
        try {
            listener.read(before, now);
        } catch (RuntimeException e) {
            log.atError().addKeyValue("feed", name).setCause(e).log("A reading could not be passed on");
        }
    }

    /** A defect in an adapter must not end the feed: it is reported like any other failed reading, with its trace. */
    private Outcome<T> attempt() {
        try {
            return source.get();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("feed", name).setCause(e).log("Reading failed unexpectedly");
            return Outcome.failed(new PortError.Transient("the reading failed unexpectedly: " + e));
        }
    }

    private void reportTrouble(@Nullable PortError before, @Nullable PortError now) {
        if (now != null && !now.equals(before)) {
            log.atWarn().addKeyValue("feed", name).log("Reading failed: {}", now.message());
        } else if (now == null && before != null) {
            log.atInfo().addKeyValue("feed", name).log("Reading works again");
        }
    }

    /**
     * Waits for the pause to pass or for somebody in a hurry; false when the feed is closed.
     *
     * @param rest the shortest pause after the last reading, however short the pause is to be and whoever is in a hurry
     */
    private boolean pauses(Duration pause, Duration rest) {
        lock.lock();
        try {
            long begun = System.nanoTime();
            while (!closed) {
                long wanted = hurried ? Math.min(least.toNanos(), pause.toNanos()) : pause.toNanos();
                long left = Math.max(wanted, rest.toNanos()) - (System.nanoTime() - begun);
                if (left <= 0) {
                    break;
                }
                wake.awaitNanos(left);
            }
            hurried = false;
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
