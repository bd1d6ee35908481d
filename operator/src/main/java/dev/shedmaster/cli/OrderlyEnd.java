package dev.shedmaster.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets a process that is told to end, by a signal or by itself, finish what is under way. Closed when that is done: opened
 * first, it is closed last.
 *
 * <p>The JVM ends at a signal when its shutdown hooks have, whatever the main thread does; and a main thread that exits
 * meanwhile waits for the hooks. So the hook waits for the work, not for the thread.
 */
final class OrderlyEnd implements AutoCloseable {
    private static final int WELL = 0;
    private static final int NOT_ASKED = -1;

    private final Duration patience;
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private final AtomicInteger status = new AtomicInteger(NOT_ASKED);

    /** @param patience how long a signal waits before the process ends all the same */
    OrderlyEnd(Duration patience) {
        this.patience = patience;
    }

    /** From now on a signal asks for the end, too. */
    void listen() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::askAndWait));
    }

    /** Asks for the end. The first to ask decides the exit status: what the end itself brings about is no reason for it. */
    void ask(int exitStatus) {
        status.compareAndSet(NOT_ASKED, exitStatus);
        asked.countDown();
    }

    /** Returns the exit status once somebody has asked for the end. */
    int awaitAsked() throws InterruptedException {
        asked.await();
        return status.get();
    }

    /** Everything is finished. */
    @Override
    public void close() {
        finished.countDown();
    }

    /** What a signal does. */
    void askAndWait() {
        if (finished.getCount() == 0) {
            return;
        }
        ask(WELL);
        try {
            if (finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                // Else the status would be that of a process which the signal has killed.
                Runtime.getRuntime().halt(status.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
