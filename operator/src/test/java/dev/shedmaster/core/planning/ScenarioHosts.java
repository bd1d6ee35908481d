package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.HostView.Capacity;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.PlacedWorker;
import dev.shedmaster.core.slot.SlotLedger;
import dev.shedmaster.core.slot.Virtualization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes hosts of one's own in tests, and what pools want of them. */
final class ScenarioHosts {
    private static final long GIB = 1024;

    private ScenarioHosts() {}

    /** One that is open, of which 4 CPUs and 12 GiB are its own. */
    static HostView host(
            String name,
            String architecture,
            int cpus,
            int memoryGib,
            String virtualization,
            OptionalInt kvmSlots,
            String zones) {
        return new HostView(
                name,
                architecture.equals("arm64") ? Architecture.ARM64 : Architecture.AMD64,
                Virtualization.valueOf(virtualization),
                new Capacity(cpus, 4, Capacity.EACH_CPU_ONCE, memoryGib * GIB, 12 * GIB, kvmSlots),
                zones.isEmpty() ? Set.of() : Set.of(zones.split(",")),
                HostView.Standing.OPEN);
    }

    static HostView standing(HostView host, HostView.Standing standing) {
        return new HostView(
                host.name(), host.architecture(), host.virtualization(), host.capacity(), host.zones(), standing);
    }

    /** An empty host that has all that is asked for. */
    static HostView fitting(String name, Need need) {
        return new HostView(
                name,
                need.shape().architecture(),
                Virtualization.NESTED,
                new Capacity(1000, 0, Capacity.EACH_CPU_ONCE, 1000 * GIB, 0, OptionalInt.empty()),
                need.zone() == null ? Set.of() : Set.of(need.zone()),
                HostView.Standing.OPEN);
    }

    static Set<Isolation> isolations(String words) {
        return Arrays.stream(words.split(","))
                .map(word -> Arrays.stream(Isolation.values())
                        .filter(isolation -> isolation.word().equals(word))
                        .findFirst()
                        .orElseThrow())
                .collect(Collectors.toSet());
    }

    static Offering offering(String placement, Need need) {
        HostSlot slot = new HostSlot(need.shape().amount(), need.zone(), "worker", null);
        return Offering.onSomeHost(placement, "ci", slot);
    }

    /** As a worker has it that is a container there. */
    static Offering on(Offering offering, String host) {
        return Offering.onHost(
                offering.placement(),
                Objects.requireNonNull(offering.slot()),
                new HostSlot.Site(host, Isolation.CONTAINER));
    }

    /** What hosts have left once what a plan makes has come. */
    static SlotLedger ledger(FleetView view, FleetPlan plan) {
        List<PlacedWorker> placed = new ArrayList<>();
        view.workers()
                .forEach(worker ->
                        HostBooks.placed(worker.pool(), worker.offering()).ifPresent(placed::add));
        for (PoolPlan slice : plan.pools()) {
            slice.creations()
                    .forEach(creation ->
                            HostBooks.placed(slice.pool(), creation.offering()).ifPresent(placed::add));
        }
        return SlotLedger.of(view.hosts(), placed);
    }

    /** The need without the hosts that have refused lately. */
    static Need unrefused(FleetView view, Offering offering, Need need, Policy policy, Instant now) {
        Set<String> hosts = need.hosts().stream()
                .filter(host -> view.memory()
                        .lastRefusal(on(offering, host), "t1", now)
                        .filter(at -> at.plus(policy.probeEvery()).isAfter(now))
                        .isEmpty())
                .collect(Collectors.toSet());
        return need.on(hosts);
    }
}
