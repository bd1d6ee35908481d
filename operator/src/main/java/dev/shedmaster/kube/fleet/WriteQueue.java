package dev.shedmaster.kube.fleet;

import dev.shedmaster.kube.concurrent.BoundedVirtualThreads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the writes of plans beside the planning, so that a burst in one pool does not let the others wait: so many at
 * a time, first come first served.
 */
final class WriteQueue implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WriteQueue.class);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(5);

    private final BoundedVirtualThreads threads;
    private volatile boolean closed;

    /**
     * An empty queue.
     *
     * @param atOnce how many writes are under way at a time
     */
    WriteQueue(int atOnce) {
        this.threads = new BoundedVirtualThreads("write", atOnce);
    }

    /** Takes the writes of one plan and returns at once. Those that fail are reported together. */
    void take(List<Runnable> writes) {
        Together together = new Together(writes.size());
        writes.forEach(write -> threads.execute(() -> carryOut(write, together)));
    }

    /** Whether writes wait for their turn. */
    boolean isCrowded() {
        return threads.isCrowded();
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

    private void carryOut(Runnable write, Together together) {
        if (closed) {
            return;
        }
        RuntimeException failure = null;
        try {
            write.run();
        } catch (RuntimeException e) {
            failure = e;
        }
        together.ended(failure);
    }

    /** Writes that were taken together. */
    private static final class Together {
        private final int all;
        private int ended;
        private int failed;
        private @Nullable RuntimeException first;

        Together(int all) {
            this.all = all;
        }

        synchronized void ended(@Nullable RuntimeException failure) {
            ended++;
            if (failure != null) {
                failed++;
                first = first == null ? failure : first;
            }
            if (ended == all && failed > 0) {
                log.atWarn()
                        .log(
                                "{} of {} writes of a plan failed and will be planned again, the first with: {}",
                                failed,
                                all,
                                String.valueOf(first));
            }
        }
    }
}
