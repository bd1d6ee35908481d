package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.Api;
import dev.shedmaster.api.v1alpha1.AzureMachine;
import dev.shedmaster.api.v1alpha1.AzurePriority;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.HostMachine;
import dev.shedmaster.api.v1alpha1.NameReference;
import dev.shedmaster.api.v1alpha1.Refusal;
import dev.shedmaster.api.v1alpha1.RunningJob;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerMachine;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.api.v1alpha1.WorkerPlacement;
import dev.shedmaster.api.v1alpha1.WorkerStatus;
import dev.shedmaster.core.CamelCase;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.FailureKind;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.core.worker.WorkerState.Job;
import dev.shedmaster.core.worker.Workload;
import dev.shedmaster.kube.machine.HostOfferings;
import dev.shedmaster.kube.machine.OfferingCatalog;
import dev.shedmaster.kube.pool.Blueprints;
import dev.shedmaster.kube.pool.PoolBlueprint;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.status.Names;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a worker's life from its object, and writes it there. */
public final class WorkerRecords {
    private final OfferingCatalog catalog;
    private final Blueprints blueprints;

    public WorkerRecords(OfferingCatalog catalog, Blueprints blueprints) {
        this.catalog = catalog;
        this.blueprints = blueprints;
    }

    /** What is recorded; an object without a status is a wish that was just written down. */
    public WorkerLife read(Worker worker) {
        Instant bornAt = bornAt(worker);
        WorkerStatus status = worker.getStatus();
        if (status == null || status.since() == null) {
            return WorkerLife.requested(offering(worker, worker.getSpec().placement()), bornAt);
        }
        WorkerMachine machine = status.machine();
        return new WorkerLife(
                state(status, status.since()),
                status.since(),
                bornAt,
                offering(worker, placement(worker)),
                machine == null ? "" : Objects.requireNonNullElse(machine.id(), ""),
                machine == null ? "" : Objects.requireNonNullElse(machine.operation(), ""),
                status.jobsDone(),
                status.awaySince());
    }

    /** The machine that it has, or will ask for next. */
    public static WorkerPlacement placement(Worker worker) {
        WorkerMachine machine =
                worker.getStatus() == null ? null : worker.getStatus().machine();
        return machine == null || (machine.azure() == null && machine.host() == null)
                ? worker.getSpec().placement()
                : new WorkerPlacement(machine.placement(), machine.azure(), machine.host());
    }

    /** Whether its machine is recorded to be gone; its registration may be left. */
    public static boolean isGone(Worker worker) {
        return worker.getStatus() != null && worker.getStatus().phase() == WorkerPhase.GONE;
    }

    /** The account that its machine comes from: {@code namespace/name} of its object, or a host's. */
    public static String account(Worker worker) {
        WorkerPlacement placement = placement(worker);
        HostMachine host = placement.host();
        return host == null
                ? Names.of(worker, azure(worker, placement).subscriptionRef())
                : HostSlot.account(Names.of(worker, host.hostRef()));
    }

    /** By our own clock where we have decided on the worker; one that a person wrote is dated by the API server. */
    private static Instant bornAt(Worker worker) {
        Map<String, String> annotations = worker.getMetadata().getAnnotations();
        String ours = annotations == null ? null : annotations.get(Api.REQUESTED_AT);
        String theirs = worker.getMetadata().getCreationTimestamp();
        try {
            return Instant.parse(ours == null ? theirs : ours);
        } catch (DateTimeParseException e) {
            // Somebody has edited the annotation.
            return Instant.parse(theirs);
        }
    }

    /**
     * The status that tells this life. What does not change is taken from the status before.
     *
     * @param last the status before, null if there is none
     * @param deadline by when something else follows, null if nothing says when
     * @param trouble what hinders the worker now, null if nothing does
     * @param refused what was refused since the status before, newest first
     */
    WorkerStatus write(
            Worker worker,
            @Nullable WorkerStatus last,
            WorkerLife life,
            @Nullable Instant deadline,
            @Nullable WorkerTrouble trouble,
            List<Refusal> refused) {
        WorkerStatus before = last == null ? WorkerStatus.initial() : last;
        List<RunningJob> jobs = jobs(life.state().work());
        String reason = trouble == null || life.state() instanceof WorkerState.Failed
                ? WorkerReason.of(life)
                : trouble.reason().code();
        String message = trouble == null
                ? life.state().waitsFor()
                : life.state().waitsFor() + "; last answer: " + trouble.message();
        return new WorkerStatus(
                worker.getMetadata().getGeneration(),
                WorkerPhase.valueOf(life.state().phase().toUpperCase(Locale.ROOT)),
                life.since(),
                deadline,
                reason,
                message,
                cause(life.state()),
                life.awaySince(),
                machine(worker, life, before.machine()),
                jobs,
                life.jobsDone(),
                before.firstJobAt() == null && !jobs.isEmpty() ? jobs.getFirst().startedAt() : before.firstJobAt(),
                Stream.concat(refused.stream(), before.refusals().stream()).toList(),
                ready(worker, life, before, reason, message));
    }

    /** Says in the form that tools wait for what phase, reason and message say anyway: it never costs a write of its own. */
    private static List<Condition> ready(
            Worker worker, WorkerLife life, WorkerStatus before, String reason, String message) {
        Instant since = life.awaySince() == null ? life.since() : life.awaySince();
        Conditions conditions =
                new Conditions(before.conditions(), worker.getMetadata().getGeneration(), since);
        return switch (life.state()) {
            case WorkerState.Idle idle -> usable(conditions, life, message);
            case WorkerState.Busy busy -> usable(conditions, life, message);
            default -> conditions.fails(Condition.READY, reason, message).list();
        };
    }

    private static List<Condition> usable(Conditions conditions, WorkerLife life, String message) {
        String reason = WorkerReason.of(life);
        return life.awaySince() == null
                ? conditions.holds(Condition.READY, reason, message).list()
                : conditions
                        .fails(Condition.READY, reason, message + "; its agent cannot be reached or takes no job")
                        .list();
    }

    private static WorkerState state(WorkerStatus status, Instant since) {
        Workload work = new Workload(
                status.jobs().stream().map(job -> running(job, since)).toList());
        String cause = Objects.requireNonNullElse(status.cause(), "");
        return switch (status.phase()) {
            case REQUESTED -> new WorkerState.Requested();
            case CREATING -> new WorkerState.Creating();
            case BOOTING -> new WorkerState.Booting();
            case REGISTERING -> new WorkerState.Registering();
            case IDLE -> new WorkerState.Idle();
            case BUSY -> new WorkerState.Busy(work.isEmpty() ? someJob(since) : work);
            case DRAINING -> new WorkerState.Draining(work, cause, null);
            case DELETING -> new WorkerState.Deleting(cause);
            case GONE -> new WorkerState.Gone(cause);
            case FAILED -> new WorkerState.Failed(failureKind(status.reason()), cause);
            case LOST -> new WorkerState.Lost(cause);
            case EVICTED -> new WorkerState.Evicted(cause);
        };
    }

    private static Workload.Running running(RunningJob job, Instant phaseSince) {
        return new Workload.Running(
                new Job(job.id(), job.name(), Objects.requireNonNullElse(job.url(), "")),
                Objects.requireNonNullElse(job.startedAt(), phaseSince));
    }

    /** What a busy worker runs whose jobs somebody has edited away. */
    private static Workload someJob(Instant phaseSince) {
        return new Workload(List.of(new Workload.Running(new Job("", "a job", ""), phaseSince)));
    }

    private static FailureKind failureKind(@Nullable String reason) {
        for (FailureKind kind : FailureKind.values()) {
            if (CamelCase.of(kind).equals(reason)) {
                return kind;
            }
        }
        return FailureKind.BOOT_FAILED;
    }

    private static @Nullable String cause(WorkerState state) {
        return switch (state) {
            case WorkerState.Draining draining -> draining.why();
            case WorkerState.Deleting deleting -> deleting.why();
            case WorkerState.Gone gone -> gone.why();
            case WorkerState.Failed failed -> failed.why();
            case WorkerState.Lost lost -> lost.why();
            case WorkerState.Evicted evicted -> evicted.why();
            default -> null;
        };
    }

    private static List<RunningJob> jobs(Workload work) {
        return work.jobs().stream()
                .map(running -> new RunningJob(
                        running.job().id(),
                        running.job().name(),
                        running.job().url().isEmpty() ? null : running.job().url(),
                        running.since()))
                .toList();
    }

    private static @Nullable WorkerMachine machine(Worker worker, WorkerLife life, @Nullable WorkerMachine before) {
        if (life.machineId().isEmpty() && life.state() instanceof WorkerState.Requested) {
            return before;
        }
        Offering offering = life.offering();
        Instant acceptedAt = life.machineId().isEmpty()
                ? null
                : before != null && before.acceptedAt() != null ? before.acceptedAt() : life.since();
        WorkerPlacement placement = placement(worker.getMetadata().getName(), offering);
        return new WorkerMachine(
                offering.placement(),
                inOneWord(offering),
                placement.azure(),
                placement.host(),
                life.machineId().isEmpty() ? null : life.machineId(),
                life.operation().isEmpty() ? null : life.operation(),
                acceptedAt);
    }

    /** The refusal of an offering, as statuses show it. */
    static Refusal refusal(Offering offering, dev.shedmaster.core.worker.Refusal refusal, Instant now) {
        return new Refusal(now, inOneWord(offering), refusal.getClass().getSimpleName(), refusal.message());
    }

    private static String inOneWord(Offering offering) {
        HostSlot slot = offering.slot();
        if (slot != null && slot.site() != null) {
            String host = slot.site().host();
            return host.substring(host.indexOf('/') + 1) + "/"
                    + slot.site().isolation().word();
        }
        return offering.size()
                + (offering.zone() == null ? "" : "/" + offering.zone())
                + (offering.type() == CapacityType.SPOT ? "/Spot" : "/OnDemand");
    }

    /** The machine of an offering, as it is written into specs and statuses. */
    public static WorkerPlacement placement(String machine, Offering offering) {
        return offering.slot() == null
                ? new WorkerPlacement(offering.placement(), azure(machine, offering), null)
                : new WorkerPlacement(offering.placement(), null, HostOfferings.machine(machine, offering.slot()));
    }

    private static AzureMachine azure(String machine, Offering offering) {
        return new AzureMachine(
                new NameReference(
                        offering.account().substring(offering.account().indexOf('/') + 1)),
                machine,
                offering.size(),
                offering.zone(),
                offering.type() == CapacityType.SPOT ? AzurePriority.SPOT : AzurePriority.ON_DEMAND);
    }

    private static AzureMachine azure(Worker worker, WorkerPlacement placement) {
        if (placement.azure() == null) {
            throw new IllegalStateException("spec.placement of " + Names.of(worker) + " has no member that is known");
        }
        return placement.azure();
    }

    /** The pool's own, which knows its network; of what the pool does not offer any more, all that the catalog tells. */
    private Offering offering(Worker worker, WorkerPlacement placement) {
        HostMachine host = placement.host();
        if (host != null) {
            return HostOfferings.of(placement.name(), worker.getMetadata().getNamespace(), host);
        }
        AzureMachine machine = azure(worker, placement);
        Offering known = catalog.offering(
                placement.name(),
                Names.of(worker, machine.subscriptionRef()),
                machine.vmSize(),
                machine.zone(),
                machine.priority() == AzurePriority.SPOT ? CapacityType.SPOT : CapacityType.ON_DEMAND);
        return blueprints.find(WorkerSurroundings.pool(worker)).map(PoolBlueprint::ladder).orElse(List.of()).stream()
                .filter(offered -> offered.placement().equals(placement.name()) && offered.isSameMachineAs(known))
                .findFirst()
                .orElse(known);
    }
}
