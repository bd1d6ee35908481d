package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.kube.status.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The workers that a plan has decided on and that the informer may not show yet: without them the next plan would make them
 * again.
 */
final class CreationLedger {
    /** An informer that is this far behind is broken, and planning stops for other reasons. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    /** @param writtenAt when its object was written; null while it waits for that */
    private record Entry(Worker worker, @Nullable Instant writtenAt) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    void add(Worker worker) {
        entries.put(Names.of(worker), new Entry(worker, null));
    }

    /** Unless it was seen meanwhile. */
    void written(Worker worker, Instant now) {
        entries.computeIfPresent(Names.of(worker), (name, entry) -> new Entry(worker, now));
    }

    /** It was not written, or the informer has shown it: by the time of the next plan it may even be gone again. */
    void drop(Worker worker) {
        entries.remove(Names.of(worker));
    }

    /**
     * Those that the informer is not known to have shown. To be asked before the informer is: what is missing here is
     * there, or has been.
     */
    List<Worker> pending(Instant now) {
        entries.values().removeIf(entry -> isOverdue(entry, now));
        return entries.values().stream().map(Entry::worker).toList();
    }

    private static boolean isOverdue(Entry entry, Instant now) {
        return entry.writtenAt != null && entry.writtenAt.plus(KEPT).isBefore(now);
    }
}
