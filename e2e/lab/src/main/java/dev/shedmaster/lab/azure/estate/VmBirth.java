package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ErrorPlace;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.lab.guest.Guest;
import dev.shedmaster.lab.guest.GuestFoundry;
import dev.shedmaster.lab.guest.GuestSeed;
import dev.shedmaster.lab.time.LabClock;
import dev.shedmaster.lab.time.Latency;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** How a machine comes to be: accepted, allocated, booted, reported ready, or failed on the way. */
public final class VmBirth {

    /** What the accepted call gave. */
    public record Accepted(VirtualMachine machine, Operation operation) {}

    private final Estate estate;
    private final Timings timings;
    private final FaultBoard faults;
    private final GuestFoundry foundry;
    private final VmPower power;
    private final VmRemoval removal;
    private final LabClock clock;

    public VmBirth(
            Estate estate, Timings timings, FaultBoard faults, GuestFoundry foundry, VmPower power, VmRemoval removal) {
        this.estate = estate;
        this.timings = timings;
        this.faults = faults;
        this.foundry = foundry;
        this.power = power;
        this.removal = removal;
        this.clock = estate.clock;
    }

    /**
     * Accepts the machine, or refuses it at once and leaves nothing behind (but the reservation of NICs that it named). Its name must be free.
     * Call it under the estate's lock.
     */
    public Accepted accept(VmPlan asked, Instant realNow) {
        VmPlan plan = asked.zoneChoices().isEmpty() ? asked : asked.inZone(chosenZone(asked));
        refusal(plan).ifPresent(error -> {
            estate.network().reserve(plan, timings.nicReservation());
            throw error.refusal();
        });
        Instant now = clock.instant();
        estate.quota().take(plan);
        List<NetworkInterface> nics = estate.network().attach(plan);
        String vmId = new UUID(estate.random.nextLong(), estate.random.nextLong()).toString();
        Guest guest = foundry.guest(seed(plan));
        VirtualMachine machine = new VirtualMachine(
                plan,
                vmId,
                estate.nextSequence(),
                VmModel.of(plan, vmId, nics, diskGroupId(plan), now.toString()),
                guest,
                now,
                realNow);
        machine.nics.addAll(nics);
        machine.holdsCapacity = estate.capacity.refusal(plan).isEmpty();
        if (machine.holdsCapacity) {
            estate.capacity.take(plan);
        }
        estate.add(machine);
        return new Accepted(machine, beginAllocation(machine));
    }

    /** Tries again to find a host for a machine whose creation failed before it had one. Call it under the estate's lock. */
    public Operation retry(VirtualMachine machine) {
        machine.callOffPlanned();
        machine.failure = null;
        machine.provisioning(ProvisioningState.CREATING, clock.instant());
        return beginAllocation(machine);
    }

    private Operation beginAllocation(VirtualMachine machine) {
        Operation operation = estate.operations().begin(AzureCall.PUT_VM, machine.location(), machine.key());
        machine.operation = operation;
        plan(machine, timings.allocation(), () -> allocate(machine, operation));
        return operation;
    }

    /** A zone with room, any of them; when there is none, any of all. */
    private String chosenZone(VmPlan plan) {
        List<String> roomy = plan.zoneChoices().stream()
                .filter(zone -> estate.capacity.refusal(plan.inZone(zone)).isEmpty())
                .toList();
        List<String> choices = roomy.isEmpty() ? plan.zoneChoices() : roomy;
        return choices.get(estate.random.nextInt(choices.size()));
    }

    private Optional<ArmError> refusal(VmPlan plan) {
        return estate.network()
                .refusal(plan)
                .or(() -> estate.quota().refusal(plan))
                .or(() -> estate.capacity
                        .refusal(plan)
                        .filter(error -> !error.comesLater())
                        .map(error -> error.in(place(plan))));
    }

    /** User data is read where there is no custom data, as both systems do on Azure. */
    private static GuestSeed seed(VmPlan plan) {
        String given = plan.customData() != null ? plan.customData() : plan.userData();
        return new GuestSeed.Machine(plan.name(), plan.image().firstBoot(), given);
    }

    private static String diskGroupId(VmPlan plan) {
        return plan.id().substring(0, plan.id().indexOf("/providers/")) + "/providers/Microsoft.Compute/disks/";
    }

    static ErrorPlace place(VmPlan plan) {
        return ErrorPlace.of(plan.id(), plan.name(), plan.location())
                .with("size", plan.size().name())
                .with("family", plan.size().family())
                .with("zone", plan.zone())
                .withQuota(0, 0, plan.size().cpus());
    }

    /** Plans a step in the machine's life; a latency without end plans nothing. */
    private void plan(VirtualMachine machine, Latency latency, Runnable step) {
        latency.draw(estate.random)
                .ifPresent(delay -> machine.planned.add(clock.schedule(delay, () -> estate.locked(step))));
    }

    private void allocate(VirtualMachine machine, Operation operation) {
        Optional<ArmError> refused = laterRefusal(machine.plan);
        if (refused.isPresent()) {
            fail(machine, operation, refused.get());
            return;
        }
        if (!machine.holdsCapacity) {
            machine.holdsCapacity = true;
            estate.capacity.take(machine.plan);
        }
        createDisks(machine);
        Instant now = clock.instant();
        machine.osPhase = VirtualMachine.OsPhase.IN_PROGRESS;
        machine.power(PowerState.RUNNING, now);
        machine.reach(Milestone.RUNNING, now);
        CallFacts facts = machine.plan.facts(AzureCall.PUT_VM);
        if (machine.plan.isSpot()) {
            faults.strike(FaultEffect.Evict.class, facts)
                    .ifPresent(evict -> clock.schedule(evict.after(), () -> removal.announceEviction(machine)));
        }
        Latency boot = faults.strike(FaultEffect.SlowBoot.class, facts)
                .map(FaultEffect.SlowBoot::latency)
                .orElse(timings.guestBoot());
        plan(machine, boot, () -> power.guestUp(machine));
        boolean neverReady = faults.strike(FaultEffect.NeverReady.class, facts).isPresent();
        plan(machine, neverReady ? Latency.stuck() : timings.osProvisioning(), () -> ready(machine, operation));
        plan(machine, Latency.fixed(timings.osProvisioningTimeout()), () -> timeOut(machine, operation));
    }

    private Optional<ArmError> laterRefusal(VmPlan plan) {
        CallFacts facts = plan.facts(AzureCall.PUT_VM);
        Optional<ArmError> fault = faults.strike(FaultEffect.FailLater.class, facts)
                .map(effect -> {
                    ArmError error = effect.error().in(place(plan));
                    return effect.message() == null ? error : error.withMessage(effect.message());
                });
        return fault.or(() -> capacityRefusal(plan));
    }

    private Optional<ArmError> capacityRefusal(VmPlan plan) {
        boolean holds =
                estate.machine(plan.key()).map(machine -> machine.holdsCapacity).orElse(false);
        return holds ? Optional.empty() : estate.capacity.refusal(plan).map(error -> error.in(place(plan)));
    }

    private void createDisks(VirtualMachine machine) {
        VmPlan plan = machine.plan;
        VmPlan.OsDisk os = plan.osDisk();
        // An ephemeral disk is a part of the host and no resource: asking for it gives 404.
        if (!os.ephemeral()) {
            createDisk(machine, os.name(), os.sizeGib(), os.storageType(), os.onDelete());
        }
        for (VmPlan.DataDisk disk : plan.dataDisks()) {
            createDisk(machine, disk.name(), disk.sizeGib(), disk.storageType(), disk.onDelete());
        }
    }

    private void createDisk(VirtualMachine machine, String name, int gib, String storageType, DeleteOption onDelete) {
        ManagedDisk disk = new ManagedDisk(
                diskGroupId(machine.plan) + name, name, machine, gib, storageType, onDelete, clock.instant());
        machine.disks.add(disk);
        estate.add(disk);
    }

    private void ready(VirtualMachine machine, Operation operation) {
        if (!machine.guest.provisions()) {
            // It stopped in its initial RAM file system: nothing reports, until Azure gives up.
            return;
        }
        machine.osPhase = VirtualMachine.OsPhase.COMPLETE;
        machine.failure = null;
        machine.provisioning(ProvisioningState.SUCCEEDED, clock.instant());
        machine.reach(Milestone.READY, clock.instant());
        estate.operations().succeed(operation);
    }

    private void timeOut(VirtualMachine machine, Operation operation) {
        if (operation.isRunning()) {
            // It runs on, and its agent may have come: only the provisioning has failed.
            fail(machine, operation, KnownError.OS_TIMED_OUT.in(place(machine.plan)));
        }
    }

    private void fail(VirtualMachine machine, Operation operation, ArmError error) {
        if (machine.holdsCapacity && machine.power == PowerState.NONE) {
            machine.holdsCapacity = false;
            estate.capacity.free(machine.plan);
        }
        machine.failure = error;
        machine.provisioning(ProvisioningState.FAILED, clock.instant());
        machine.reach(Milestone.FAILED, clock.instant());
        estate.operations().fail(operation, error);
    }
}
