package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.HostIsolation;
import dev.shedmaster.api.v1alpha1.HostMachine;
import dev.shedmaster.api.v1alpha1.HostPlacement;
import dev.shedmaster.api.v1alpha1.Kvm;
import dev.shedmaster.api.v1alpha1.NameReference;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.kube.pool.Spans;
import java.util.Objects;

/** Slots on hosts, as the planner has them and as specs and statuses do. */
public final class HostOfferings {
    private HostOfferings() {}

    /** What a placement offers: a slot on whichever of its hosts has room. */
    public static Offering ofPlacement(String name, String namespace, HostPlacement placement, HostNeed need) {
        HostSlot slot =
                new HostSlot(need.shape().amount(), need.zone(), need.image().name(), null);
        return Offering.onSomeHost(name, namespace, slot);
    }

    /** The slot that a worker has, or will ask for next. */
    public static Offering of(String placement, String namespace, HostMachine machine) {
        HostSlot.Site site = new HostSlot.Site(
                namespace + "/" + machine.hostRef().name(),
                machine.isolation() == HostIsolation.CONTAINER ? Isolation.CONTAINER : Isolation.VIRTUAL_MACHINE);
        return Offering.onHost(
                placement, new HostSlot(amount(machine), machine.trustZone(), machine.image(), site), site);
    }

    /** What a worker takes of its host. */
    public static Amount amount(HostMachine machine) {
        return new Amount(machine.cpus(), Spans.mebibytes(machine.memory()), machine.kvm() == Kvm.REQUIRED ? 1 : 0);
    }

    /** The same, as it is written down. */
    public static HostMachine machine(String name, HostSlot slot) {
        HostSlot.Site site = Objects.requireNonNull(slot.site());
        return new HostMachine(
                new NameReference(site.host().substring(site.host().indexOf('/') + 1)),
                name,
                site.isolation() == Isolation.CONTAINER ? HostIsolation.CONTAINER : HostIsolation.VIRTUAL_MACHINE,
                slot.image(),
                slot.amount().cpus(),
                Amount.memory(slot.amount().memoryMib()),
                slot.amount().kvmSlots() > 0 ? Kvm.REQUIRED : Kvm.UNNEEDED,
                slot.zone());
    }
}
