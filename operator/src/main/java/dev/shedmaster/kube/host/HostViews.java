package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostSpec;
import dev.shedmaster.api.v1alpha1.HostEmulation;
import dev.shedmaster.api.v1alpha1.HostInspection;
import dev.shedmaster.api.v1alpha1.HostRoom;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.HostView.Capacity;
import dev.shedmaster.core.slot.HostView.Standing;
import dev.shedmaster.core.slot.Virtualization;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.pool.Spans;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.port.HostReport;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What workers could have of a host, and what they have. */
final class HostViews {
    private static final long MIB = 1L << 20;

    private HostViews() {}

    /**
     * What workers could have.
     *
     * @param inspection what its rescue system has seen; null if nobody has looked
     * @param hasKvm whether its KVM works, as was last found out; null if nobody has tried
     */
    static HostView of(
            BareMetalHost host,
            HostState state,
            @Nullable HostInspection inspection,
            @Nullable Reading<HostReport> reading,
            @Nullable Boolean hasKvm) {
        BareMetalHostSpec spec = host.getSpec();
        Architecture architecture =
                HostWishes.architecture(spec).equals("arm64") ? Architecture.ARM64 : Architecture.AMD64;
        return new HostView(
                Names.of(host),
                architecture,
                virtualization(spec, architecture, hasKvm),
                capacity(spec, inspection, reading == null ? null : reading.value()),
                Set.copyOf(spec.trustZones()),
                standing(spec, state));
    }

    /** No Arm server that is for rent has nested virtualisation (Neoverse N1); that of others depends on their firmware, and is left out. */
    private static Virtualization virtualization(
            BareMetalHostSpec spec, Architecture architecture, @Nullable Boolean hasKvm) {
        if (!Boolean.TRUE.equals(hasKvm)) {
            boolean isTried = hasKvm != null;
            return isTried && spec.slots().emulation() == HostEmulation.ALLOWED
                    ? Virtualization.EMULATED
                    : Virtualization.NONE;
        }
        return architecture == Architecture.AMD64 ? Virtualization.NESTED : Virtualization.KVM;
    }

    /** Memory that a system does not see can be promised to nobody. */
    private static Capacity capacity(
            BareMetalHostSpec spec, @Nullable HostInspection inspection, @Nullable HostReport report) {
        long sold = Spans.bytes(spec.hardware().memory());
        long inspected = inspection == null ? sold : Spans.bytes(inspection.memory());
        long memory = Math.min(Math.min(sold, inspected), report == null ? sold : report.memoryBytes());
        int cpus = report == null
                ? spec.hardware().cpus()
                : Math.min(spec.hardware().cpus(), report.cpus());
        return new Capacity(
                cpus,
                spec.reserved().cpus(),
                spec.slots().cpuPercent(),
                memory / MIB,
                Spans.mebibytes(spec.reserved().memory()),
                spec.slots().kvm() == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(spec.slots().kvm()));
    }

    private static Standing standing(BareMetalHostSpec spec, HostState state) {
        if (state.isEmptied()) {
            return Standing.DRAINING;
        }
        if (!state.serves()) {
            return Standing.NOT_READY;
        }
        return spec.schedulable() ? Standing.OPEN : Standing.UNSCHEDULABLE;
    }

    /** What workers have, as it is shown. */
    static HostRoom room(HostView view, List<HostTenant> tenants) {
        Amount whole = view.capacity().forWorkers();
        int cpus = 0;
        long memory = 0;
        int kvm = 0;
        for (HostTenant tenant : tenants) {
            cpus += tenant.amount().cpus();
            memory += tenant.amount().memoryMib();
            kvm += tenant.amount().kvmSlots();
        }
        return new HostRoom(
                tenants.size(), cpus + "/" + whole.cpus(), mib(memory) + "/" + mib(whole.memoryMib()), kvm(view, kvm));
    }

    private static @Nullable String kvm(HostView view, int used) {
        if (!view.virtualization().hasKvm()) {
            return null;
        }
        OptionalInt slots = view.capacity().kvmSlots();
        return slots.isPresent() ? used + "/" + slots.getAsInt() : Integer.toString(used);
    }

    private static String mib(long mib) {
        long gib = mib / 1024;
        return gib > 0 || mib == 0 ? gib + "Gi" : mib + "Mi";
    }
}
