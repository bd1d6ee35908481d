package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The workers that we have just written down and that the informer may not show yet: without them the next plan would
 * make them again.
 */
final class CreationLedger {
    /** An informer that is this far behind is broken, and planning stops for other reasons. */
    private static final Duration KEPT = Duration.ofMinutes(2);

    private record Entry(Worker worker, Instant at) {}

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    void add(Worker worker, Instant now) {
        entries.put(worker.getMetadata().getName(), new Entry(worker, now));
    }

    void drop(Worker worker) {
        entries.remove(worker.getMetadata().getName());
    }

    /** Those that are not among the names that the informer shows; the others are forgotten. */
    Collection<Worker> unseen(Set<String> shown, Instant now) {
        entries.entrySet()
                .removeIf(entry -> shown.contains(entry.getKey())
                        || entry.getValue().at.plus(KEPT).isBefore(now));
        return List.copyOf(entries.values().stream().map(Entry::worker).toList());
    }
}
