package dev.shedmaster.lab.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Time that stands still until a test moves it. What falls due is run by the thread that moves it, in order. */
public final class ManualClock implements LabClock {
    private record Planned(Instant due, long order, Runnable task) {}

    private final PriorityQueue<Planned> plan =
            new PriorityQueue<>(Comparator.comparing(Planned::due).thenComparingLong(Planned::order));
    private Instant now;
    private long planned;

    public ManualClock(Instant start) {
        this.now = start;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Cancellable schedule(Duration delay, Runnable task) {
        Instant due = delay.isPositive() ? now.plus(delay) : now;
        Planned entry = new Planned(due, planned++, task);
        plan.add(entry);
        return () -> remove(entry);
    }

    private synchronized void remove(Planned entry) {
        plan.remove(entry);
    }

    /** Moves time on, and runs everything that falls due on the way at its own moment. */
    public void advance(Duration by) {
        Instant target = instant().plus(by);
        for (Optional<Planned> next = nextUntil(target); next.isPresent(); next = nextUntil(target)) {
            next.get().task().run();
        }
        synchronized (this) {
            now = target;
        }
    }

    /** Runs what is due now without moving time. */
    public void settle() {
        advance(Duration.ZERO);
    }

    private synchronized Optional<Planned> nextUntil(Instant target) {
        Planned next = plan.peek();
        if (next == null || next.due().isAfter(target)) {
            return Optional.empty();
        }
        plan.remove();
        if (next.due().isAfter(now)) {
            now = next.due();
        }
        return Optional.of(next);
    }

    @Override
    public Duration forClients(Duration labTime) {
        return labTime;
    }

    @Override
    public synchronized void close() {
        plan.clear();
    }
}
