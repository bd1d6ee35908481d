package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.StepLock;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.time.LabClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterators;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Everything that exists in the subscription, behind one lock: steps are short, and what one call sees is consistent. */
public final class Estate {
    private static final Duration GONE_ARE_LISTABLE = Duration.ofMinutes(30);

    private record Gone(VirtualMachine machine, Instant at) {}

    private final StepLock steps = new StepLock();
    final LabClock clock;
    final SplittableRandom random;
    final CapacityBook capacity = new CapacityBook();
    private final QuotaLedger quota;
    private final Network network;
    private final OperationLog operations;
    private final Tariff tariff;
    private final Map<ResourceKey, VirtualMachine> machines = new HashMap<>();
    private final TreeMap<Long, VirtualMachine> bySequence = new TreeMap<>();
    private final Map<ResourceKey, ManagedDisk> disks = new LinkedHashMap<>();
    private final Deque<Gone> recentlyGone = new ArrayDeque<>();
    private final List<LifeRecord> pastLives = new ArrayList<>();
    private long sequence;

    public Estate(
            LabClock clock,
            long seed,
            String subscription,
            Quotas quotas,
            Map<String, Integer> subnets,
            Duration operationsKept,
            int ticketLength,
            Tariff tariff) {
        this.clock = clock;
        this.random = new SplittableRandom(seed);
        this.quota = new QuotaLedger(quotas);
        this.network = new Network(clock, random, new Subnets(subnets), subscription);
        this.operations = new OperationLog(clock, operationsKept, ticketLength, random);
        this.tariff = tariff;
    }

    /** Runs one step alone. Steps must not wait for anything. */
    public <T> T locked(Supplier<T> step) {
        return steps.locked(step);
    }

    public void locked(Runnable step) {
        steps.locked(step);
    }

    public QuotaLedger quota() {
        return quota;
    }

    public Network network() {
        return network;
    }

    public OperationLog operations() {
        return operations;
    }

    public Tariff tariff() {
        return tariff;
    }

    /** Lab time now. */
    public Instant now() {
        return clock.instant();
    }

    /** An operation that had nothing to wait for. */
    public Operation finishedOperation(AzureCall call, String location, ResourceKey subject) {
        Operation operation = operations.begin(call, location, subject);
        operations.succeed(operation);
        return operation;
    }

    public void changeCapacity(List<CapacityRule> rules) {
        List<VmPlan> holders = machines.values().stream()
                .filter(machine -> machine.holdsCapacity)
                .map(machine -> machine.plan)
                .toList();
        capacity.change(rules, holders);
    }

    public List<CapacityRule> capacityRules() {
        return capacity.rules();
    }

    long nextSequence() {
        return ++sequence;
    }

    void add(VirtualMachine machine) {
        machines.put(machine.key(), machine);
        bySequence.put(machine.sequence, machine);
    }

    void add(ManagedDisk disk) {
        disks.put(disk.key, disk);
    }

    void remove(VirtualMachine machine) {
        Instant now = clock.instant();
        machines.remove(machine.key());
        bySequence.remove(machine.sequence);
        recentlyGone.addLast(new Gone(machine, now));
        pastLives.add(life(machine));
        Instant horizon = now.minus(GONE_ARE_LISTABLE);
        while (!recentlyGone.isEmpty() && recentlyGone.getFirst().at().isBefore(horizon)) {
            recentlyGone.removeFirst();
        }
    }

    public Optional<VirtualMachine> machine(ResourceKey key) {
        return Optional.ofNullable(machines.get(key));
    }

    /** A machine that exists or, failing that, the last one that is gone not long ago. */
    public Optional<VirtualMachine> known(Predicate<VirtualMachine> wanted) {
        return machines.values().stream()
                .filter(wanted)
                .findFirst()
                .or(() -> StreamSupport.stream(
                                Spliterators.spliteratorUnknownSize(recentlyGone.descendingIterator(), 0), false)
                        .map(Gone::machine)
                        .filter(wanted)
                        .findFirst());
    }

    public Collection<VirtualMachine> machines() {
        return Collections.unmodifiableCollection(machines.values());
    }

    /**
     * The machines in the order of their creation, as a list shows them that is {@code lag} behind: what was created since is missing, what went
     * since is still there.
     */
    public Stream<VirtualMachine> listed(Duration lag, long afterSequence) {
        if (lag.isZero()) {
            return bySequence.tailMap(afterSequence, false).values().stream();
        }
        Instant asOf = clock.instant().minus(lag);
        TreeMap<Long, VirtualMachine> seen = new TreeMap<>(bySequence.tailMap(afterSequence, false));
        recentlyGone.stream()
                .filter(gone -> gone.at().isAfter(asOf) && gone.machine().sequence > afterSequence)
                .forEach(gone -> seen.put(gone.machine().sequence, gone.machine()));
        return seen.values().stream().filter(machine -> !machine.created().isAfter(asOf));
    }

    public Collection<ManagedDisk> disks() {
        return Collections.unmodifiableCollection(disks.values());
    }

    public Optional<ManagedDisk> disk(ResourceKey key) {
        return Optional.ofNullable(disks.get(key));
    }

    /** Deletes a disk that nobody uses; false when there is none. */
    public boolean deleteDisk(ResourceKey key) {
        return disks.remove(key) != null;
    }

    /** The lives of all machines that there ever were, those first that ended. */
    public List<LifeRecord> lives() {
        List<LifeRecord> all = new ArrayList<>(pastLives);
        bySequence.values().forEach(machine -> all.add(life(machine)));
        return all;
    }

    private LifeRecord life(VirtualMachine machine) {
        VmPlan plan = machine.plan;
        Duration billed = machine.billed(clock.instant());
        String state = machine.milestones().containsKey(Milestone.GONE)
                ? "Gone"
                : machine.provisioning.wireName() + "/" + machine.power.wireName();
        return new LifeRecord(
                plan.name(),
                plan.id(),
                plan.size().name(),
                plan.location(),
                plan.zone(),
                plan.priority().wireName(),
                state,
                machine.realCreated,
                Map.copyOf(machine.milestones),
                machine.failure == null ? null : machine.failure.code(),
                billed,
                tariff.dollars(plan, billed));
    }
}
