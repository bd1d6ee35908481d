package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerStatus;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.status.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far a worker has come on its way to its first job is written down later while other workers still wait for theirs to
 * be asked for: the API server's time is theirs first. Until then it is known here. A crash meanwhile costs nothing: the
 * machine is found again by its name, and what its agent does is read.
 */
public final class OwedRecords {
    /**
     * However many wait, people see so soon what a worker does. That of thousands is written in a minute and more, and as long
     * as others are asked for the time is theirs.
     */
    static final Duration LONGEST = Duration.ofMinutes(3);

    /** When a record that was put off is thought of again. Sooner would cost the looks that putting it off saves. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private record Owed(WorkerLife life, WorkerStatus status, Instant since) {}

    private final BooleanSupplier othersWait;
    private final Map<String, Owed> owed = new ConcurrentHashMap<>();

    /** @param othersWait whether workers wait to be written down or looked at */
    public OwedRecords(BooleanSupplier othersWait) {
        this.othersWait = othersWait;
    }

    /**
     * What is known of the worker and not yet written down.
     *
     * @param worker {@code namespace/name}
     */
    public Optional<WorkerLife> life(String worker) {
        return Optional.ofNullable(owed.get(worker)).map(Owed::life);
    }

    /** The status that tells what is known; null if the object has it. */
    @Nullable
    WorkerStatus status(Worker worker) {
        Owed known = owed.get(Names.of(worker));
        return known == null ? null : known.status;
    }

    /** Keeps what is to be written, if that may wait. Returns whether it does. */
    boolean putOff(Worker worker, WorkerLife life, WorkerStatus status, Instant now) {
        if (!mayWait(worker, life) || !othersWait.getAsBoolean()) {
            return false;
        }
        Owed kept = owed.merge(
                Names.of(worker), new Owed(life, status, now), (before, next) -> new Owed(life, status, before.since));
        return now.isBefore(kept.since.plus(LONGEST));
    }

    /** What a worker has done cannot be found out a second time, and where it is on its way out others rely on. */
    private static boolean mayWait(Worker worker, WorkerLife life) {
        int told = worker.getStatus() == null ? 0 : worker.getStatus().jobsDone();
        return life.jobsDone() == told
                && switch (life.state()) {
                    case WorkerState.Booting b -> true;
                    case WorkerState.Registering r -> true;
                    case WorkerState.Idle i -> true;
                    case WorkerState.Busy b -> true;
                    default -> false;
                };
    }

    void written(Worker worker) {
        owed.remove(Names.of(worker));
    }
}
