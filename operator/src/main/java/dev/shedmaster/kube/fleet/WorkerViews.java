package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.planning.Stage;
import dev.shedmaster.core.planning.WorkerView;
import dev.shedmaster.core.worker.FailureKind;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.pool.PoolBlueprint;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.WorkerRecords;
import dev.shedmaster.kube.worker.WorkerSurroundings;
import java.time.Instant;

/**
 * Shows workers to the planner: what is recorded, brought up to date with what the CI system says now. The queue and the
 * agents come from one reading, in which a job is never seen both waiting and running.
 */
final class WorkerViews {
    private final WorkerRecords records;
    private final WorkerSurroundings surroundings;
    private final Retirement retirement;

    WorkerViews(WorkerRecords records, WorkerSurroundings surroundings, Retirement retirement) {
        this.records = records;
        this.surroundings = surroundings;
        this.retirement = retirement;
    }

    WorkerView view(Worker worker, Instant now) {
        WorkerLife life = records.read(worker);
        int slots = surroundings
                .blueprint(worker)
                .map(PoolBlueprint::slotsPerWorker)
                .orElse(1);
        Stage recorded = recorded(life);
        Stage stage = recorded.isLive() ? upToDate(worker, life, recorded) : recorded;
        return new WorkerView(
                Names.of(worker),
                WorkerSurroundings.pool(worker),
                stage,
                life.offering(),
                slots,
                stage == Stage.BUSY || stage == Stage.DRAINING ? busySlots(worker) : 0,
                life.bornAt(),
                // What is seen and not yet recorded has only just begun: an hour of work is no hour of idleness.
                stage == recorded ? life.since() : now,
                life.jobsDone(),
                worker.getSpec().templateHash());
    }

    private static Stage recorded(WorkerLife life) {
        return switch (life.state()) {
            case WorkerState.Requested r -> Stage.REQUESTED;
            case WorkerState.Creating c -> Stage.STARTING;
            case WorkerState.Booting b -> Stage.STARTING;
            case WorkerState.Registering r -> Stage.STARTING;
            case WorkerState.Idle i -> Stage.IDLE;
            case WorkerState.Busy b -> Stage.BUSY;
            case WorkerState.Draining d -> Stage.DRAINING;
            case WorkerState.Failed failed -> failed.kind() == FailureKind.NO_CAPACITY ? Stage.DELETING : Stage.FAILED;
            case WorkerState.Deleting d -> Stage.DELETING;
            case WorkerState.Lost l -> Stage.DELETING;
            case WorkerState.Evicted e -> Stage.DELETING;
            case WorkerState.Gone g -> Stage.DELETING;
        };
    }

    private Stage upToDate(Worker worker, WorkerLife life, Stage recorded) {
        if (retirement.isRetired(worker)) {
            return Stage.DRAINING;
        }
        AgentSight sight = surroundings
                .ci(worker)
                .map(link -> link.sight(worker.getMetadata().getName()))
                .orElseGet(AgentSight.Unknown::new);
        if (!(sight instanceof AgentSight.Present agent)) {
            return recorded;
        }
        if (agent.job().isPresent()) {
            return Stage.BUSY;
        }
        if (recorded == Stage.BUSY && surroundings.rules(worker).whyNoMore(life) != null) {
            return Stage.DRAINING;
        }
        if (!agent.online() || !agent.accepting()) {
            return recorded == Stage.REQUESTED ? recorded : Stage.STARTING;
        }
        return Stage.IDLE;
    }

    private int busySlots(Worker worker) {
        return surroundings
                .ci(worker)
                .map(link -> link.busyExecutors(worker.getMetadata().getName()))
                .orElse(0);
    }
}
