package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Refusal;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerStatus;
import dev.shedmaster.core.worker.Transition;
import dev.shedmaster.core.worker.WorkerAnswer;
import dev.shedmaster.core.worker.WorkerEffect;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerLifecycle;
import dev.shedmaster.core.worker.WorkerRules;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a worker as far as it gets now: see, decide, record, act, and once more while acting taught something. What is
 * asked of a provider is recorded before; everything else once, at the end.
 */
final class WorkerAdvance {
    /** More steps than any life has at once; a worker that needs more is looked at again a moment later. */
    private static final int MOST_STEPS = 24;

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(5);
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    /** Writes a worker's status and returns the worker as it is then. */
    interface StatusStore {
        Worker store(Worker worker, WorkerStatus status);
    }

    private final WorkerRecords records;
    private final WorkerSurroundings surroundings;
    private final WorkerHands hands;
    private final OwedRecords owed;
    private final WorkerJournal journal;
    private final InstantSource clock;

    WorkerAdvance(
            WorkerRecords records,
            WorkerSurroundings surroundings,
            WorkerHands hands,
            OwedRecords owed,
            WorkerJournal journal,
            InstantSource clock) {
        this.records = records;
        this.surroundings = surroundings;
        this.hands = hands;
        this.owed = owed;
        this.journal = journal;
        this.clock = clock;
    }

    WorkerStep advance(Worker given, @Nullable String removal, StatusStore store) {
        Worker worker = given;
        WorkerRules rules = surroundings.rules(worker);
        WorkerLife before = owed.life(worker).orElseGet(() -> records.read(given));
        WorkerLife life = before;
        List<WorkerState> passed = new ArrayList<>();
        Transition transition =
                WorkerLifecycle.next(life, surroundings.see(worker, life, removal), rules, clock.instant());
        PortError trouble = null;
        List<Refusal> refused = new ArrayList<>();
        for (int step = 0; ; step++) {
            if (transition.storeFirst(life) || changesTheObject(transition)) {
                worker = record(worker, transition.life(), rules, null, refused, store);
                refused.clear();
            }
            life = transition.life();
            passed.addAll(transition.passed());
            Performed performed = hands.perform(worker, life.offering(), transition.effects());
            refusal(life, performed).ifPresent(refused::addFirst);
            trouble = performed.trouble() != null || !transition.effects().isEmpty() ? performed.trouble() : trouble;
            boolean goesOn = (performed.answer() != null || performed.learned()) && step < MOST_STEPS;
            if (!goesOn || performed.forgotten() || (performed.trouble() != null && performed.answer() == null)) {
                return end(
                        worker,
                        before,
                        life,
                        passed,
                        transition,
                        performed.forgotten(),
                        trouble,
                        refused,
                        rules,
                        store);
            }
            transition = performed.answer() != null
                    ? WorkerLifecycle.answered(
                            life, performed.answer(), surroundings.see(worker, life, removal), rules, clock.instant())
                    : WorkerLifecycle.next(life, surroundings.see(worker, life, removal), rules, clock.instant());
        }
    }

    private WorkerStep end(
            Worker worker,
            WorkerLife before,
            WorkerLife life,
            List<WorkerState> passed,
            Transition last,
            boolean forgotten,
            @Nullable PortError trouble,
            List<Refusal> refused,
            WorkerRules rules,
            StatusStore store) {
        boolean waits = trouble == null && refused.isEmpty() && owed.mayWait(worker, life, clock.instant());
        if (!waits) {
            if (!(life.state() instanceof WorkerState.Gone)) {
                record(worker, life, rules, hindrance(worker, life, trouble), refused, store);
            }
            owed.written(worker);
        }
        journal.passed(worker, before, life, passed);
        if (last.overdue()) {
            journal.overdue(worker, life);
        }
        return new WorkerStep(forgotten, waits ? A_MOMENT : pause(last.lookAgain(), trouble));
    }

    private @Nullable String hindrance(Worker worker, WorkerLife life, @Nullable PortError trouble) {
        if (trouble != null) {
            return trouble.message();
        }
        return switch (life.state()) {
            case WorkerState.Requested r -> surroundings.obstacle(worker);
            case WorkerState.Creating c -> surroundings.obstacle(worker);
            default -> null;
        };
    }

    /** A record after a mark for deletion would be refused, as the mark is a change too. */
    private static boolean changesTheObject(Transition transition) {
        return transition.effects().stream().anyMatch(WorkerEffect.Retire.class::isInstance);
    }

    private @Nullable Duration pause(@Nullable Instant lookAgain, @Nullable PortError trouble) {
        if (trouble instanceof PortError.Throttled throttled) {
            return throttled.retryAfter();
        }
        if (lookAgain == null) {
            return trouble == null ? null : AFTER_TROUBLE;
        }
        Duration left = Duration.between(clock.instant(), lookAgain);
        if (trouble != null && left.compareTo(AFTER_TROUBLE) > 0) {
            return AFTER_TROUBLE;
        }
        return left.compareTo(A_MOMENT) < 0 ? A_MOMENT : left;
    }

    /** A refusal that ended an offering. One that only delays it is told as the trouble that it is. */
    private Optional<Refusal> refusal(WorkerLife life, Performed performed) {
        return performed.answer() instanceof WorkerAnswer.MachineRefused refused
                        && refused.refusal().leavesNothing()
                ? Optional.of(WorkerRecords.refusal(life.offering(), refused.refusal(), clock.instant()))
                : Optional.empty();
    }

    private Worker record(
            Worker worker,
            WorkerLife life,
            WorkerRules rules,
            @Nullable String trouble,
            List<Refusal> refused,
            StatusStore store) {
        WorkerStatus status = records.write(worker, life, rules, trouble, refused);
        return status.equals(worker.getStatus()) ? worker : store.store(worker, status);
    }
}
