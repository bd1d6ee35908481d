package dev.shedmaster.lab.azure.fault;

import dev.shedmaster.lab.azure.call.CallFacts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The faults that are switched on. Safe for many threads. */
public final class FaultBoard {

    /** A fault on the board. {@code left} and {@code until} are null where the fault has no such end; {@code happened} counts. */
    public record Posted(
            String id,
            Fault fault,
            @Nullable Integer left,
            @Nullable Instant until,
            long happened) {}

    private static final class Entry {
        final String id;
        final Fault fault;
        final @Nullable Instant until;

        @Nullable
        Integer left;

        long happened;

        Entry(String id, Fault fault, @Nullable Instant until) {
            this.id = id;
            this.fault = fault;
            this.until = until;
            this.left = fault.times();
        }

        Posted view() {
            return new Posted(id, fault, left, until, happened);
        }
    }

    private final InstantSource clock;
    private final SplittableRandom random;
    private final List<Entry> entries = new ArrayList<>();
    private volatile boolean empty = true;
    private long posted;

    public FaultBoard(InstantSource clock, long seed) {
        this.clock = clock;
        this.random = new SplittableRandom(seed);
    }

    /** Switches a fault on and tells the id by which it can be cleared. */
    public synchronized String post(Fault fault) {
        posted++;
        String id = "fault-" + posted;
        Instant until = fault.lasts() == null ? null : clock.instant().plus(fault.lasts());
        entries.add(new Entry(id, fault, until));
        empty = false;
        return id;
    }

    /**
     * Whether a fault of this kind happens to this call now; the first that does is counted. Faults are looked through in the order in which they
     * were posted.
     */
    public <E extends FaultEffect> Optional<E> strike(Class<E> kind, CallFacts facts) {
        return empty ? Optional.empty() : strikePosted(kind, facts);
    }

    private synchronized <E extends FaultEffect> Optional<E> strikePosted(Class<E> kind, CallFacts facts) {
        dropEnded();
        for (Entry entry : entries) {
            if (kind.isInstance(entry.fault.effect())
                    && entry.fault.scope().covers(facts)
                    && random.nextDouble() < entry.fault.probability()) {
                count(entry);
                return Optional.of(kind.cast(entry.fault.effect()));
            }
        }
        return Optional.empty();
    }

    private void count(Entry entry) {
        entry.happened++;
        if (entry.left != null) {
            entry.left--;
            if (entry.left == 0) {
                entries.remove(entry);
                empty = entries.isEmpty();
            }
        }
    }

    public synchronized List<Posted> list() {
        dropEnded();
        return entries.stream().map(Entry::view).toList();
    }

    /** Switches one off; false when there is no such fault (any more). */
    public synchronized boolean clear(String id) {
        boolean found = entries.removeIf(entry -> entry.id.equals(id));
        empty = entries.isEmpty();
        return found;
    }

    public synchronized void clear() {
        entries.clear();
        empty = true;
    }

    private void dropEnded() {
        Instant now = clock.instant();
        entries.removeIf(entry -> entry.until != null && !now.isBefore(entry.until));
        empty = entries.isEmpty();
    }
}
