package dev.shedmaster.kube.fleet;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.planning.Stage;
import dev.shedmaster.core.planning.WorkerView;
import dev.shedmaster.core.worker.Held;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerRules;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.core.worker.Workload;
import dev.shedmaster.kube.ci.CiPicture;
import dev.shedmaster.kube.pool.OwnerWishes;
import dev.shedmaster.kube.worker.Retirement;
import dev.shedmaster.kube.worker.WorkerSurroundings;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows workers to the planner: what is recorded, brought up to date with what the CI system says now. Queue and
 * agents are those of one picture, in which no job both waits and runs; what was recorded after it was taken is not believed
 * against it.
 */
final class WorkerViews {
    private final WorkerSurroundings surroundings;
    private final Retirement retirement;

    WorkerViews(WorkerSurroundings surroundings, Retirement retirement) {
        this.surroundings = surroundings;
        this.retirement = retirement;
    }

    /**
     * Shows the workers of one plan.
     *
     * @param pictures of the CI systems by their names
     */
    List<WorkerView> views(List<KnownWorkers.Known> workers, Map<String, CiPicture> pictures, Instant now) {
        Map<String, OwnerWishes> wishes = new HashMap<>();
        return workers.stream()
                // No machine is left, though its registration may be, for as long as its CI system is out.
                .filter(known -> !(known.life().state() instanceof WorkerState.Gone))
                .map(known -> {
                    String pool = WorkerSurroundings.pool(known.worker());
                    return view(known, pool, wishes.computeIfAbsent(pool, surroundings::wishes), pictures, now);
                })
                .toList();
    }

    private WorkerView view(
            KnownWorkers.Known known, String pool, OwnerWishes wishes, Map<String, CiPicture> pictures, Instant now) {
        Worker worker = known.worker();
        WorkerLife life = known.life();
        String source = WorkerSurroundings.source(worker).orElse("");
        CiPicture picture = pictures.getOrDefault(source, CiPicture.none(source));
        Stage recorded = recorded(life);
        int slots = picture.slots(worker.getMetadata().getName()).orElse(wishes.slotsPerWorker());
        Stage stage = recorded.isLive() ? upToDate(worker, life, wishes.rules(), recorded, picture) : recorded;
        return new WorkerView(
                known.name(),
                pool,
                stage,
                life.offering(),
                slots,
                takenSlots(worker, life, picture, wishes.rules(), slots),
                life.bornAt(),
                // What is seen and not yet recorded has only just begun: an hour of work is no hour of idleness.
                stage == recorded ? life.since() : now,
                life.jobsDone(),
                worker.getSpec().templateHash(),
                picture.labels(worker.getMetadata().getName()),
                stage == Stage.REQUESTED ? overdue(worker, life, wishes.rules(), now) : null);
    }

    /** What was refused has ended the worker; so it waits for something that says nothing of its machine. */
    private WorkerView.@Nullable Overdue overdue(Worker worker, WorkerLife life, WorkerRules rules, Instant now) {
        String message = worker.getStatus() == null ? null : worker.getStatus().message();
        if (message == null || now.isBefore(rules.asksUntil(life, Held.NOT))) {
            return null;
        }
        boolean isTurnedAway = surroundings.isUnregistered(worker)
                && !now.isBefore(rules.registeredBy(life, surroundings.held(worker, life)));
        return new WorkerView.Overdue(isTurnedAway, message);
    }

    /** Of a worker that is given no further job every slot is taken. */
    private static int takenSlots(Worker worker, WorkerLife life, CiPicture picture, WorkerRules rules, int slots) {
        if (!(picture.agent(worker.getMetadata().getName()) instanceof AgentSight.Present agent)) {
            return life.state().work().size();
        }
        return agent.accepting() && !isFull(life, rules, agent, picture)
                ? agent.jobs().size()
                : slots;
    }

    /** Whether it runs the last jobs that it may, or has run them, by what the picture shows. */
    private static boolean isFull(WorkerLife life, WorkerRules rules, AgentSight.Present agent, CiPicture picture) {
        Workload work = life.state().work();
        int done = life.jobsDone() + (isOlderThan(work, picture) ? 0 : work.endedBy(agent.jobs()));
        return rules.isFull(done, agent.jobs().size());
    }

    private static Stage recorded(WorkerLife life) {
        return switch (life.state()) {
            case WorkerState.Requested r -> Stage.REQUESTED;
            case WorkerState.Creating c -> Stage.REQUESTED;
            case WorkerState.Booting b -> Stage.STARTING;
            case WorkerState.Registering r -> Stage.STARTING;
            case WorkerState.Idle i -> Stage.IDLE;
            case WorkerState.Busy b -> Stage.BUSY;
            case WorkerState.Draining d -> Stage.DRAINING;
            case WorkerState.Failed failed -> failed.kind().countsAgainstPool() ? Stage.FAILED : Stage.DELETING;
            case WorkerState.Deleting d -> Stage.DELETING;
            case WorkerState.Lost l -> Stage.DELETING;
            case WorkerState.Evicted e -> Stage.DELETING;
            case WorkerState.Gone g -> Stage.DELETING;
        };
    }

    private Stage upToDate(Worker worker, WorkerLife life, WorkerRules rules, Stage recorded, CiPicture picture) {
        if (retirement.isRetired(worker)) {
            return Stage.DRAINING;
        }
        if (!(picture.agent(worker.getMetadata().getName()) instanceof AgentSight.Present agent)) {
            return recorded;
        }
        if (!agent.jobs().isEmpty()) {
            return Stage.BUSY;
        }
        if (recorded == Stage.BUSY && isFull(life, rules, agent, picture)) {
            return Stage.DRAINING;
        }
        if (agent.stoppedBecause() != null) {
            return Stage.DRAINING;
        }
        if (!agent.online() || !agent.accepting()) {
            return recorded == Stage.REQUESTED ? recorded : Stage.STARTING;
        }
        return Stage.IDLE;
    }

    /** Whether the picture was taken before a job began that is recorded to run: it still shows that job waiting. */
    private static boolean isOlderThan(Workload work, CiPicture picture) {
        Instant newest = work.newestSince();
        return newest != null && picture.isOlderThan(newest);
    }
}
