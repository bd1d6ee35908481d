package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.JenkinsNode;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.worker.CiRestart;
import dev.shedmaster.core.worker.Held;
import dev.shedmaster.core.worker.Silence;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerRules;
import dev.shedmaster.core.worker.WorkerSight;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.pool.Blueprints;
import dev.shedmaster.kube.pool.OwnerWishes;
import dev.shedmaster.kube.pool.PoolBlueprint;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What surrounds a worker: its pool, its CI system, the account of its machine, and what is seen there now. */
public final class WorkerSurroundings {
    /** By then a registration was tried again, a call that hangs included. */
    private static final Duration ENROLMENT_TRIED_WITHIN = Duration.ofMinutes(2);

    private final String installation;
    private final KnownObjects<WorkerPool> pools;
    private final Blueprints blueprints;
    private final Connections<CiLink> ciLinks;
    private final Connections<MachineLink> machineLinks;
    private final Predicate<String> goneSources;
    private final FleetMemory memory;
    private final InstantSource clock;
    private final Unasked unasked = new Unasked();
    private final Waits waits = new Waits();
    private volatile Instant actsSince;

    /** @param goneSources whether the object of the CI system of that name is certainly gone */
    public WorkerSurroundings(
            String installation,
            KnownObjects<WorkerPool> pools,
            Blueprints blueprints,
            Connections<CiLink> ciLinks,
            Connections<MachineLink> machineLinks,
            Predicate<String> goneSources,
            FleetMemory memory,
            InstantSource clock) {
        this.installation = installation;
        this.pools = pools;
        this.blueprints = blueprints;
        this.ciLinks = ciLinks;
        this.machineLinks = machineLinks;
        this.goneSources = goneSources;
        this.memory = memory;
        this.clock = clock;
        this.actsSince = clock.instant();
    }

    /** This process acts from now on; until now another did, or none. */
    public void begin() {
        actsSince = clock.instant();
    }

    /** The machines that no account can have. */
    public Unasked unasked() {
        return unasked;
    }

    /** Takes note of how it went to ask for the worker's machine. */
    void asked(Worker worker, Performed performed) {
        String name = worker.getMetadata().getName();
        if (performed.isHeld()) {
            Duration wait =
                    performed.trouble() instanceof PortError.Later later ? later.retryAfter() : ENROLMENT_TRIED_WITHIN;
            waits.begins(
                    name, performed.isUnregistered() ? Waits.For.REGISTRATION : Waits.For.TURN, clock.instant(), wait);
        } else {
            waits.ends(name, clock.instant());
        }
    }

    /** The worker is gone. */
    void forget(Worker worker) {
        unasked.remove(worker.getMetadata().getName());
        waits.forget(worker.getMetadata().getName());
    }

    /** Whether what can be made for its pool, if there is one, was looked at since this process runs. */
    boolean isPoolRead(Worker worker) {
        return pools.find(pool(worker)).isEmpty() || blueprints.isKnown(pool(worker));
    }

    Optional<PoolBlueprint> blueprint(Worker worker) {
        return blueprints.find(pool(worker));
    }

    /** Those of its pool's owner, whether or not the pool can have new workers made; the usual ones if there is no pool. */
    WorkerRules rules(Worker worker) {
        return wishes(pool(worker)).rules();
    }

    /** What the owner of the pool of that name wants of its workers. */
    public OwnerWishes wishes(String pool) {
        return pools.find(pool).map(OwnerWishes::of).orElse(OwnerWishes.USUAL);
    }

    Optional<CiLink> ci(Worker worker) {
        return source(worker).flatMap(ciLinks::find);
    }

    /** The name of the CI system that the worker is registered at. */
    public static Optional<String> source(Worker worker) {
        JenkinsNode node = worker.getSpec().ci().jenkins();
        return Optional.ofNullable(node).map(known -> Names.of(worker, known.serverRef()));
    }

    Optional<MachineLink> machines(String account) {
        return machineLinks.find(account);
    }

    MachineOwner owner(Worker worker) {
        return new MachineOwner(
                installation,
                pool(worker),
                Names.of(worker),
                worker.getMetadata().getUid());
    }

    public static String pool(Worker worker) {
        return Names.of(worker, worker.getSpec().poolRef());
    }

    /** What is seen of the worker's parts now. */
    WorkerSight see(Worker worker, WorkerLife life, @Nullable String removal) {
        String name = worker.getMetadata().getName();
        // Before the agent: what is seen of it then is at least as new as the reading that this compares.
        CiRestart restart = ci(worker).map(link -> link.restart(name)).orElse(null);
        return new WorkerSight(
                unasked.contains(name)
                        ? new MachineSight.Absent()
                        : machines(life.offering().account())
                                .map(link -> link.sight(name))
                                .orElseGet(MachineSight.Unknown::new),
                agent(worker, name),
                ci(worker).map(CiLink::answersSince).orElseGet(clock::instant),
                removal,
                ladder(worker, life),
                obstacle(worker),
                restart,
                held(worker, life));
    }

    private AgentSight agent(Worker worker, String name) {
        String source = source(worker).orElse("its CI system");
        AgentSight sight = ci(worker)
                .map(link -> link.sight(name))
                .orElseGet(() -> new AgentSight.Unknown(new Silence(source, null)));
        return sight instanceof AgentSight.Unknown(Silence silence) && goneSources.test(source)
                ? new AgentSight.Unknown(new Silence(source, silence.since(), true))
                : sight;
    }

    /** Whether its CI system did not register it when that was tried last, for a reason that may pass. */
    public boolean isUnregistered(Worker worker) {
        return waits.isUnregistered(worker.getMetadata().getName());
    }

    /** Whether it waits now for what says nothing of its machine. */
    boolean isHeld(Worker worker) {
        return waits.isWaiting(worker.getMetadata().getName(), clock.instant());
    }

    /**
     * How long the worker has waited so far for what is not its machine's: its turn among our own calls, its registration, an operator
     * that was not there. What it waited for before this process acted is not known, and not counted against it.
     */
    public Held held(Worker worker, WorkerLife life) {
        Held waited = waits.until(worker.getMetadata().getName(), clock.instant());
        Instant since = actsSince;
        return life.bornAt().isBefore(since)
                ? new Held(waited.byUs().plus(Duration.between(life.bornAt(), since)), waited.unregistered())
                : waited;
    }

    /** Why nothing can be asked for on the worker's behalf now, as far as that lies with its pool; null if nothing is wrong. */
    @Nullable
    String obstacle(Worker worker) {
        return blueprint(worker).isPresent()
                ? null
                : "no machine can be made for pool " + pool(worker) + " now; see the pool's conditions";
    }

    private List<Offering> ladder(Worker worker, WorkerLife life) {
        return blueprint(worker).map(pool -> ladder(pool, life)).orElse(List.of());
    }

    /** Which host has room only the planner can say: of slots a worker has no other than the one that it was given. */
    private List<Offering> ladder(PoolBlueprint pool, WorkerLife life) {
        OfferingMemory known = memory.current();
        Instant now = clock.instant();
        return pool.ladder().stream()
                .map(offering -> offering.equals(life.offering().open()) ? life.offering() : offering)
                .filter(offering -> offering.slot() == null || offering.slot().site() != null)
                .filter(offering ->
                        known.blocking(offering, pool.templateHash(), now).isEmpty()
                                || isOnTrial(life, offering, known.lastRefusal(offering, pool.templateHash(), now)))
                .toList();
    }

    /** Whether the worker was made to find out whether what was refused before can be had again. */
    private static boolean isOnTrial(WorkerLife life, Offering offering, Optional<Instant> refused) {
        return life.state() instanceof WorkerState.Requested
                && life.offering().equals(offering)
                && refused.filter(at -> !at.isBefore(life.bornAt())).isEmpty();
    }
}
