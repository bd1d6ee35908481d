package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one lock that guards a controller's state, the time that it lives in, and what it has put off until later. */
public final class Guard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor timer;

    Guard(InstantSource clock) {
        this.clock = clock;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("jenkins-stand-in").factory());
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** The time in milliseconds, as everything that the controller exports. */
    long now() {
        return clock.millis();
    }

    <T extends @Nullable Object> T get(Supplier<T> reading) {
        lock.lock();
        try {
            return reading.get();
        } finally {
            lock.unlock();
        }
    }

    void run(Runnable change) {
        lock.lock();
        try {
            change.run();
        } finally {
            lock.unlock();
        }
    }

    /** Runs a change under the lock, later. */
    ScheduledFuture<?> after(Duration delay, Runnable change) {
        return timer.schedule(guarded(change), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs a change under the lock again and again, each time so long after the time before has ended. */
    void every(Duration pause, Runnable change) {
        var _ = timer.scheduleWithFixedDelay(
                guarded(change), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Runnable guarded(Runnable change) {
        return () -> {
            try {
                run(change);
            } catch (RuntimeException defect) {
                LOG.error("a change that was due has failed", defect);
            }
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
