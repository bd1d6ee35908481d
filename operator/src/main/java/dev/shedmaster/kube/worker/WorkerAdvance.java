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
import dev.shedmaster.core.worker.WorkerSight;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.status.Names;
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

    /** A turn among our own calls that comes sooner is not worth a write. */
    private static final Duration WORTH_TELLING = Duration.ofSeconds(15);

    /** Writes a worker's status and returns the worker as it is then. */
    interface StatusWrite {
        Worker write(Worker worker, WorkerStatus status);
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

    /** @param removal why the worker shall go, null if nobody has asked for that */
    WorkerStep advance(Worker worker, @Nullable String removal, StatusWrite write) {
        return new Look(worker, removal, write).advance();
    }

    /** One look at a worker, with what was found on the way. */
    private final class Look {
        private final @Nullable String removal;
        private final StatusWrite write;
        private final WorkerRules rules;
        private final WorkerLife before;
        private final List<WorkerState> passed = new ArrayList<>();
        private final List<Refusal> refused = new ArrayList<>();
        private Worker worker;
        private WorkerLife life;
        private @Nullable PortError trouble;
        /** Whether the rule was told of the trouble, and has said itself when to look again. */
        private boolean isReckonedWith;

        Look(Worker worker, @Nullable String removal, StatusWrite write) {
            this.worker = worker;
            this.removal = removal;
            this.write = write;
            this.rules = surroundings.rules(worker);
            this.before = owed.life(Names.of(worker)).orElseGet(() -> records.read(worker));
            this.life = before;
        }

        WorkerStep advance() {
            if (removal == null && life.state().isAsking() && !surroundings.isPoolRead(worker)) {
                // What its pool wants is not known yet, as after a start: that is no fault of the pool.
                return new WorkerStep(false, A_MOMENT);
            }
            Transition transition = WorkerLifecycle.next(life, see(), rules, clock.instant());
            for (int step = 0; ; step++) {
                if (transition.storeFirst(life)) {
                    // No worker leaves an account that may have its machine: the next one has none either.
                    surroundings.unasked().add(worker.getMetadata().getName());
                }
                if (transition.storeFirst(life) || (changesTheObject(transition) && isUnrecorded(transition.life()))) {
                    store(status(transition.life(), null));
                    refused.clear();
                }
                life = transition.life();
                passed.addAll(transition.passed());
                Performed performed = hands.perform(worker, life.offering(), transition.effects());
                refusal(performed).ifPresent(refused::addFirst);
                if (performed.trouble() != null || !transition.effects().isEmpty()) {
                    trouble = performed.trouble();
                    isReckonedWith = performed.answer() != null && step < MOST_STEPS;
                }
                boolean goesOn = (performed.answer() != null || performed.learned()) && step < MOST_STEPS;
                if (!goesOn || performed.forgotten() || (performed.trouble() != null && performed.answer() == null)) {
                    return end(transition, performed.forgotten());
                }
                Transition next = performed.answer() != null
                        ? WorkerLifecycle.answered(life, performed.answer(), see(), rules, clock.instant())
                        : WorkerLifecycle.next(life, see(), rules, clock.instant());
                if (performed.answer() == null && next.asksTheSameOf(life, transition)) {
                    return end(next, false); // What was just done has changed nothing yet.
                }
                transition = next;
            }
        }

        private WorkerStep end(Transition last, boolean forgotten) {
            boolean isPutOff = record();
            journal.passed(worker, before, life, passed);
            if (last.overdue()) {
                journal.overdue(worker, life);
            }
            if (forgotten) {
                surroundings.forget(worker);
                journal.forgotten(worker, last.effects().contains(new WorkerEffect.Forget(true)));
            }
            return new WorkerStep(forgotten, pause(last.lookAgain(), isPutOff));
        }

        private @Nullable Duration pause(@Nullable Instant lookAgain, boolean isPutOff) {
            if (trouble instanceof PortError.Later later) {
                return untilDeadline(later.retryAfter());
            }
            Duration longest = trouble != null && !isReckonedWith ? AFTER_TROUBLE : isPutOff ? OwedRecords.AGAIN : null;
            if (lookAgain == null) {
                return longest;
            }
            Duration left = Duration.between(clock.instant(), lookAgain);
            if (longest != null && left.compareTo(longest) > 0) {
                return longest;
            }
            return left.compareTo(A_MOMENT) < 0 ? A_MOMENT : left;
        }

        /** However long a system wants to be left alone: what follows when the state's time is over follows then. */
        private Duration untilDeadline(Duration wait) {
            Instant now = clock.instant();
            Instant deadline = rules.deadline(life, surroundings.held(worker, life));
            boolean endsBefore = deadline != null && deadline.isAfter(now) && deadline.isBefore(now.plus(wait));
            return endsBefore ? Duration.between(now, deadline) : wait;
        }

        /** Returns whether there is something to write that waits for a later look. */
        private boolean record() {
            if (life.state() instanceof WorkerState.Gone && trouble == null) {
                owed.written(worker); // Neither this nor what was before it is worth a write any more.
                return false;
            }
            WorkerStatus status = status(life, hindrance());
            boolean isPlain = trouble == null && refused.isEmpty();
            if (isPlain && isNews(status) && owed.putOff(worker, life, status, clock.instant())) {
                return true;
            }
            store(status);
            return false;
        }

        private void store(WorkerStatus status) {
            if (isNews(status)) {
                worker = write.write(worker, status);
            }
            owed.written(worker);
        }

        /** Whether it is not recorded how far it is; what hinders it is told at the end of a look. */
        private boolean isUnrecorded(WorkerLife reached) {
            return owed.status(worker) != null || !reached.equals(records.read(worker));
        }

        private boolean isNews(WorkerStatus status) {
            return !status.equals(worker.getStatus());
        }

        private WorkerStatus status(WorkerLife told, @Nullable WorkerTrouble hindrance) {
            WorkerStatus kept = owed.status(worker);
            WorkerStatus last = kept == null ? worker.getStatus() : kept;
            return records.write(worker, last, told, deadline(told, last), hindrance, refused);
        }

        /** While a worker is held its deadline moves with the time: that is told once the former one has passed. */
        private @Nullable Instant deadline(WorkerLife told, @Nullable WorkerStatus last) {
            Instant known = last == null || !told.since().equals(last.since()) ? null : last.deadline();
            Instant next = rules.deadline(told, surroundings.held(worker, told));
            if (known == null || next == null || !surroundings.isHeld(worker)) {
                return next;
            }
            Instant now = clock.instant();
            return known.isAfter(now) || !next.isAfter(now) ? known : next;
        }

        private WorkerSight see() {
            return surroundings.see(worker, life, removal);
        }

        private @Nullable WorkerTrouble hindrance() {
            if (trouble instanceof PortError.HeldBack held && held.retryAfter().compareTo(WORTH_TELLING) < 0) {
                return null;
            }
            if (trouble != null) {
                return WorkerTrouble.of(trouble);
            }
            String obstacle = life.state().isAsking() ? surroundings.obstacle(worker) : null;
            return obstacle == null ? null : WorkerTrouble.ofPool(obstacle);
        }

        /** A refusal that ended an offering, for this worker or for all. One that only delays it is told as the trouble that it is. */
        private Optional<Refusal> refusal(Performed performed) {
            return performed.answer() instanceof WorkerAnswer.MachineRefused answer
                            && (answer.refusal().leavesNothing()
                                    || answer.refusal()
                                            .blockage(
                                                    life.offering(),
                                                    worker.getSpec().templateHash(),
                                                    clock.instant())
                                            .isPresent())
                    ? Optional.of(WorkerRecords.refusal(life.offering(), answer.refusal(), clock.instant()))
                    : Optional.empty();
        }
    }

    /** A record after a mark for deletion would be refused, as the mark is a change too. */
    private static boolean changesTheObject(Transition transition) {
        return transition.effects().stream().anyMatch(WorkerEffect.Retire.class::isInstance);
    }
}
