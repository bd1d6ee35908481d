package dev.shedmaster.bench.simulation;

import java.time.Instant;
import java.util.PriorityQueue;

/** What happens when, in virtual time: the earliest first, and of what happens at once, what was noted first. */
final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private Instant now;
    private long noted;

    private record Entry(Instant at, long number, Runnable step) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    Agenda(Instant start) {
        this.now = start;
    }

    Instant now() {
        return now;
    }

    void at(Instant when, Runnable step) {
        if (when.isBefore(now)) {
            throw new IllegalArgumentException("when: " + when + " has passed, it is " + now);
        }
        entries.add(new Entry(when, noted++, step));
    }

    /** When the next entry is due, or the end if that is earlier. */
    Instant next(Instant end) {
        Entry next = entries.peek();
        return next == null || next.at.isAfter(end) ? end : next.at;
    }

    /** Goes to the next entry and does it; false if that lies beyond the end or there is none. */
    boolean step(Instant end) {
        Entry next = entries.peek();
        if (next == null || next.at.isAfter(end)) {
            now = end;
            return false;
        }
        entries.remove();
        now = next.at;
        next.step.run();
        return true;
    }
}
