package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        entries.put(worker.getMetadata().getName(), new Entry(worker, null));
    }

    /** Unless it was seen meanwhile. */
    void written(Worker worker, Instant now) {
        entries.computeIfPresent(worker.getMetadata().getName(), (name, entry) -> new Entry(worker, now));
    }

    void drop(Worker worker) {
        entries.remove(worker.getMetadata().getName());
    }

    /** Those that are not among the names that the informer shows; the others are forgotten. */
    List<Worker> unseen(Set<String> shown, Instant now) {
        entries.entrySet().removeIf(entry -> shown.contains(entry.getKey()) || isOverdue(entry.getValue(), now));
        return entries.values().stream().map(Entry::worker).toList();
    }

    private static boolean isOverdue(Entry entry, Instant now) {
        return entry.writtenAt != null && entry.writtenAt.plus(KEPT).isBefore(now);
    }
}
