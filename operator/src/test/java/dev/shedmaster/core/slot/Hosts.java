package dev.shedmaster.core.slot;

import dev.shedmaster.core.slot.HostView.Capacity;
import dev.shedmaster.core.slot.HostView.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Hosts like an RX220 (80 CPUs and 256 GiB, of which 4 and 12 GiB are the host's own), and what is asked of them. */
final class Hosts {
    static final int GIB = 1024;
    static final Capacity RX220 = capacity(80, 256, OptionalInt.empty());
    static final Set<Isolation> ANY = Set.of(Isolation.VIRTUAL_MACHINE, Isolation.CONTAINER);

    private Hosts() {}

    static Capacity capacity(int cpus, int memoryGib, OptionalInt kvmSlots) {
        return new Capacity(cpus, 4, Capacity.EACH_CPU_ONCE, (long) memoryGib * GIB, 12L * GIB, kvmSlots);
    }

    static HostView host(String name) {
        return host(name, RX220, Standing.OPEN);
    }

    static HostView host(String name, Capacity capacity, Standing standing) {
        return new HostView(
                name, Architecture.ARM64, Virtualization.KVM, capacity, Set.of("release", "pulls"), standing);
    }

    static Amount amount(int cpus, int memoryGib) {
        return new Amount(cpus, (long) memoryGib * GIB, 0);
    }

    static PlacedWorker worker(String host, int cpus, int memoryGib) {
        return new PlacedWorker("ci/other", host, amount(cpus, memoryGib), "release");
    }

    static Shape shape(int cpus, int memoryGib, boolean kvm, Set<Isolation> isolations) {
        return new Shape(Architecture.ARM64, cpus, (long) memoryGib * GIB, kvm, isolations);
    }

    /** Of pool ci/kola in zone release. */
    static Need need(int cpus, int memoryGib, String... hosts) {
        return need(shape(cpus, memoryGib, true, Set.of(Isolation.CONTAINER)), "release", hosts);
    }

    static Need need(Shape shape, @Nullable String zone, String... hosts) {
        return new Need("ci/kola", shape, zone, Set.of(hosts));
    }

    /** That many requests, w0 the first. */
    static List<SlotRequest> requests(int count, Need need) {
        List<SlotRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(new SlotRequest("w" + i, need));
        }
        return requests;
    }
}
