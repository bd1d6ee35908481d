package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.lab.time.LabClock;
import dev.shedmaster.lab.time.Latency;
import java.time.Instant;

/** How a machine ends: deleted by a call, or evicted by Azure. */
public final class VmRemoval {
    private final Estate estate;
    private final Timings timings;
    private final VmPower power;
    private final LabClock clock;

    public VmRemoval(Estate estate, Timings timings, VmPower power) {
        this.estate = estate;
        this.timings = timings;
        this.power = power;
        this.clock = estate.clock;
    }

    /**
     * Begins to delete a machine; whatever else goes on with it is preempted. A machine that is being deleted already goes on as it was. Call it
     * under the estate's lock.
     */
    public Operation delete(VirtualMachine machine, boolean force) {
        Operation current = machine.operation;
        if (machine.provisioning == ProvisioningState.DELETING && current != null) {
            return current;
        }
        if (current != null && current.isRunning()) {
            estate.operations().cancel(current, KnownError.PREEMPTED.in(VmBirth.place(machine.plan)));
        }
        machine.callOffPlanned();
        machine.reach(Milestone.DELETE_CALLED, clock.instant());
        machine.provisioning(ProvisioningState.DELETING, clock.instant());
        Operation operation = estate.operations().begin(AzureCall.DELETE_VM, machine.location(), machine.key());
        machine.operation = operation;
        machine.guest.cutPower();
        Latency latency = force ? timings.forcedDeletion() : timings.deletion();
        latency.draw(estate.random)
                .ifPresent(delay -> machine.planned.add(clock.schedule(
                        delay,
                        () -> estate.locked(() -> {
                            remove(machine);
                            estate.operations().succeed(operation);
                        }))));
        return operation;
    }

    /** Azure wants the spot machine back: the guest sees it in its scheduled events, and the machine goes when the notice is over. */
    public void announceEviction(VirtualMachine machine) {
        estate.locked(() -> {
            if (isGone(machine) || machine.evictionAt != null || machine.provisioning == ProvisioningState.DELETING) {
                return;
            }
            machine.evictionAt = clock.instant().plus(timings.evictionNotice());
            machine.reach(Milestone.EVICTION_ANNOUNCED, clock.instant());
            clock.schedule(timings.evictionNotice(), () -> evict(machine));
        });
    }

    /** Evicts without notice, or at its end. Does nothing to a machine that is gone or going. */
    public void evict(VirtualMachine machine) {
        estate.locked(() -> {
            if (isGone(machine) || machine.provisioning == ProvisioningState.DELETING) {
                return;
            }
            Operation current = machine.operation;
            machine.callOffPlanned();
            machine.guest.cutPower();
            machine.evictionAt = null;
            machine.reach(Milestone.EVICTED, clock.instant());
            if (current != null && current.isRunning()) {
                estate.operations().cancel(current, KnownError.PREEMPTED.in(VmBirth.place(machine.plan)));
            }
            if (machine.plan.eviction() == VmPlan.Eviction.DELETE) {
                remove(machine);
            } else {
                machine.provisioning(ProvisioningState.SUCCEEDED, clock.instant());
                power.deallocated(machine);
            }
        });
    }

    private boolean isGone(VirtualMachine machine) {
        return estate.machine(machine.key()).filter(machine::equals).isEmpty();
    }

    private void remove(VirtualMachine machine) {
        Instant now = clock.instant();
        machine.callOffPlanned();
        machine.power(PowerState.NONE, now);
        machine.reach(Milestone.GONE, now);
        estate.quota().free(machine.plan);
        if (machine.holdsCapacity) {
            machine.holdsCapacity = false;
            estate.capacity.free(machine.plan);
        }
        estate.network().release(machine);
        for (ManagedDisk disk : machine.disks) {
            if (disk.onDelete == DeleteOption.DELETE) {
                estate.deleteDisk(disk.key);
            } else {
                disk.usedBy = null;
                disk.usedById = null;
            }
        }
        estate.remove(machine);
    }
}
