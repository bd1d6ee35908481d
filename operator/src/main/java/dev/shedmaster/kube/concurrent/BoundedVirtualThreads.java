package dev.shedmaster.kube.concurrent;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A virtual thread for each task, of which only so many run at once, first come first served: our tasks mostly wait for
 * other systems, and those must not be flooded.
 */
public final class BoundedVirtualThreads extends AbstractExecutorService {
    private final ExecutorService threads;
    private final Semaphore places;

    /** @param name of its threads, to which each adds a number */
    public BoundedVirtualThreads(String name, int atOnce) {
        this.threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(name + "-", 0).factory());
        this.places = new Semaphore(atOnce, true);
    }

    /** Whether tasks wait for their turn. */
    public boolean isCrowded() {
        return places.hasQueuedThreads();
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            places.acquireUninterruptibly();
            try {
                task.run();
            } finally {
                places.release();
            }
        });
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
