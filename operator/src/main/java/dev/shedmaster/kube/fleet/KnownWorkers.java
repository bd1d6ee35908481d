package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.kube.status.Names;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Workers with their lives as they were read for the plan before: few objects have changed since, and reading all those of a
 * large fleet takes longer than planning for it. For one thread.
 */
final class KnownWorkers {
    /**
     * A worker and what is recorded of it.
     *
     * @param name {@code namespace/name}
     */
    record Known(String name, Worker worker, WorkerLife life) {
        static Known of(Worker worker, Function<Worker, WorkerLife> read) {
            return new Known(Names.of(worker), worker, read.apply(worker));
        }

        /** Whether this is the same object, unchanged. One that is not written yet has no version. */
        private boolean isOf(Worker other) {
            String version = worker.getMetadata().getResourceVersion();
            return version != null && version.equals(other.getMetadata().getResourceVersion());
        }
    }

    private final Function<Worker, WorkerLife> read;
    private final Function<String, Optional<WorkerLife>> owed;
    private Map<String, Known> known = Map.of();
    private Object basis = Map.of();

    /**
     * Knows nobody yet.
     *
     * @param read reads what is recorded in an object
     * @param owed what is known of a worker of that name beyond that
     */
    KnownWorkers(Function<Worker, WorkerLife> read, Function<String, Optional<WorkerLife>> owed) {
        this.read = read;
        this.owed = owed;
    }

    /**
     * All workers that there are. Of two that are called the same the first counts.
     *
     * @param basis what lives rest on besides their objects: once it is another, all are read anew
     */
    List<Known> of(Stream<Worker> workers, Object basis) {
        Map<String, Known> before = basis.equals(this.basis) ? known : Map.of();
        Map<String, Known> recorded = HashMap.newHashMap(before.size());
        workers.forEach(worker -> recorded.computeIfAbsent(Names.of(worker), name -> {
            Known last = before.get(name);
            return last != null && last.isOf(worker) ? new Known(name, worker, last.life) : Known.of(worker, read);
        }));
        this.known = recorded;
        this.basis = basis;
        return recorded.values().stream().map(this::upToDate).toList();
    }

    private Known upToDate(Known recorded) {
        return owed.apply(recorded.name)
                .map(life -> new Known(recorded.name, recorded.worker, life))
                .orElse(recorded);
    }
}
