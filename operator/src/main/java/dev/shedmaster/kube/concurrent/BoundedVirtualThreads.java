package dev.shedmaster.kube.concurrent;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Virtual threads of which only so many run at once, first come first served: our tasks mostly wait for other systems, and
 * those must not be flooded. What waits for its turn is a task in a queue and no thread, for a burst has thousands of them.
 */
public final class BoundedVirtualThreads extends ThreadPoolExecutor {
    private static final long KEPT_IDLE_SECONDS = 10;

    /** @param name of its threads, to which each adds a number */
    public BoundedVirtualThreads(String name, int atOnce) {
        super(
                atOnce,
                atOnce,
                KEPT_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofVirtual().name(name + "-", 0).factory());
        allowCoreThreadTimeOut(true);
    }

    /** Whether tasks wait for their turn. */
    public boolean isCrowded() {
        return !getQueue().isEmpty();
    }
}
