package dev.shedmaster.lab.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Real time, or a multiple of it: at factor 60 a lab minute passes in a second. It starts at the real now. */
public final class ScaledClock implements LabClock {
    private static final Logger LOG = LoggerFactory.getLogger(ScaledClock.class);

    private final double factor;
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
    private final ScheduledThreadPoolExecutor timer;

    /** @param factor lab seconds in a real second, above 0 */
    public ScaledClock(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("The lab's clock needs a factor above 0, but got " + factor);
        }
        this.factor = factor;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("lab-clock").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Lab time is real time. */
    public static ScaledClock real() {
        return new ScaledClock(1);
    }

    @Override
    public Instant instant() {
        long passed = System.nanoTime() - startNanos;
        return start.plusNanos((long) (passed * factor));
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        try {
            Future<?> planned =
                    timer.schedule(() -> runLogged(task), forClients(delay).toNanos(), TimeUnit.NANOSECONDS);
            return () -> planned.cancel(false);
        } catch (RejectedExecutionException closed) {
            // After close() nothing happens any more, as in a data centre that has been switched off.
            return () -> {};
        }
    }

    private static void runLogged(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException failed) {
            LOG.error("A step of the lab failed", failed);
        }
    }

    @Override
    public Duration forClients(Duration labTime) {
        return Duration.ofNanos((long) (labTime.toNanos() / factor));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
