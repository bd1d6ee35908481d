package dev.shedmaster.lab;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Lets one step at a time change what a stand-in has. */
public final class StepLock {
    private final ReentrantLock lock = new ReentrantLock();

    /** Runs one step alone. Steps must not wait for anything that waits for another. */
    public <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    public void locked(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
