package dev.shedmaster.kube.fleet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the writes of plans beside the planning, so that a burst in one pool does not let the others wait: so many at
 * a time, first come first served.
 */
final class WriteQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WriteQueue.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places;
    private volatile boolean closed;

    /**
     * An empty queue.
     *
     * @param atOnce how many writes are under way at a time
     */
    WriteQueue(int atOnce) {
        this.places = new Semaphore(atOnce, true);
    }

    /** Takes the writes of one plan and returns at once. Those that fail are reported together. */
    void take(List<Runnable> writes) {
        if (writes.isEmpty()) {
            return;
        }
        List<Future<?>> underWay = writes.stream()
                .<Future<?>>map(write -> threads.submit(() -> within(write)))
                .toList();
        threads.execute(() -> reportFailures(underWay));
    }

    /** Whether writes wait for their turn. */
    boolean isCrowded() {
        return places.hasQueuedThreads();
    }

    /** Begins nothing more; what is under way has a moment to end. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(ENDS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                log.atWarn().log("Some writes of the last plan were still under way at the end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void within(Runnable write) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            if (!closed) {
                write.run();
            }
        } finally {
            places.release();
        }
    }

    private static void reportFailures(List<Future<?>> writes) {
        int failed = 0;
        Throwable first = null;
        for (Future<?> write : writes) {
            try {
                write.get();
            } catch (ExecutionException e) {
                failed++;
                first = first == null ? e.getCause() : first;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (failed > 0) {
            log.atWarn()
                    .log(
                            "{} of {} writes of a plan failed and will be planned again, the first with: {}",
                            failed,
                            writes.size(),
                            String.valueOf(first));
        }
    }
}
