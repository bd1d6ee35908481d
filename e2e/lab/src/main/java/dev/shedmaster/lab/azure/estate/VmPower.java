package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.lab.guest.GuestEvents;
import dev.shedmaster.lab.guest.GuestTrouble;
import dev.shedmaster.lab.time.LabClock;
import dev.shedmaster.lab.time.Latency;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Power on and off, from outside by calls and from inside by the guest itself. All calls are made under the estate's lock. */
public final class VmPower {
    private final Estate estate;
    private final Timings timings;
    private final FaultBoard faults;
    private final LabClock clock;

    public VmPower(Estate estate, Timings timings, FaultBoard faults) {
        this.estate = estate;
        this.timings = timings;
        this.faults = faults;
        this.clock = estate.clock;
    }

    /** The guest's system is up: it reads its custom data and starts what that describes. */
    void guestUp(VirtualMachine machine) {
        machine.reach(Milestone.GUEST_UP, clock.instant());
        machine.guest.boot(new Watch(machine), trouble(machine.plan.facts(AzureCall.PUT_VM)));
    }

    private @Nullable GuestTrouble trouble(CallFacts facts) {
        Optional<GuestTrouble> silent =
                faults.strike(FaultEffect.NoAgent.class, facts).map(fault -> new GuestTrouble.Silent(fault.why()));
        return silent.or(() -> faults.strike(FaultEffect.PreparationFails.class, facts)
                        .map(fault -> new GuestTrouble.NotPrepared(fault.why())))
                .orElse(null);
    }

    /** What the guest tells the platform; it comes on threads of its own. */
    private final class Watch implements GuestEvents {
        private final VirtualMachine machine;

        Watch(VirtualMachine machine) {
            this.machine = machine;
        }

        @Override
        public void agentStarted() {
            estate.locked(() -> machine.reach(Milestone.AGENT_STARTED, clock.instant()));
        }

        @Override
        public void agentExited() {
            estate.locked(() -> machine.reach(Milestone.AGENT_EXITED, clock.instant()));
        }

        @Override
        public void poweredOff() {
            estate.locked(() -> {
                if (machine.power == PowerState.RUNNING) {
                    // It keeps its host, and is paid, until somebody deletes or deallocates it.
                    machine.power(PowerState.STOPPED, clock.instant());
                    machine.reach(Milestone.STOPPED, clock.instant());
                }
            });
        }
    }

    public Operation powerOff(VirtualMachine machine) {
        Operation operation = begin(machine, AzureCall.POWER_OFF_VM);
        cutPower(machine);
        machine.power(PowerState.STOPPING, clock.instant());
        finishLater(machine, operation, () -> {
            machine.power(PowerState.STOPPED, clock.instant());
            machine.reach(Milestone.STOPPED, clock.instant());
        });
        return operation;
    }

    public Operation deallocate(VirtualMachine machine) {
        if (machine.plan.osDisk().ephemeral()) {
            throw ArmError.of(
                            409,
                            "OperationNotAllowed",
                            "Operation 'deallocate' is not supported for VM '" + machine.name()
                                    + "' because its OS disk is an ephemeral disk.")
                    .refusal();
        }
        Operation operation = begin(machine, AzureCall.DEALLOCATE_VM);
        cutPower(machine);
        machine.power(PowerState.DEALLOCATING, clock.instant());
        finishLater(machine, operation, () -> deallocated(machine));
        return operation;
    }

    void deallocated(VirtualMachine machine) {
        machine.power(PowerState.DEALLOCATED, clock.instant());
        machine.reach(Milestone.DEALLOCATED, clock.instant());
        if (machine.holdsCapacity) {
            machine.holdsCapacity = false;
            estate.capacity.free(machine.plan);
        }
    }

    /** Starting again may find no host: the price of having given it back. */
    public Operation start(VirtualMachine machine) {
        Operation operation = begin(machine, AzureCall.START_VM);
        if (machine.power == PowerState.RUNNING) {
            finishLater(machine, operation, () -> {});
            return operation;
        }
        if (!machine.holdsCapacity) {
            KnownError full = estate.capacity.refusal(machine.plan).orElse(null);
            if (full != null) {
                failLater(machine, operation, full.in(VmBirth.place(machine.plan)));
                return operation;
            }
            machine.holdsCapacity = true;
            estate.capacity.take(machine.plan);
        }
        machine.power(PowerState.STARTING, clock.instant());
        finishLater(machine, operation, () -> running(machine));
        return operation;
    }

    public Operation restart(VirtualMachine machine) {
        if (machine.power != PowerState.RUNNING) {
            throw ArmError.of(
                            409,
                            "OperationNotAllowed",
                            "Cannot restart VM '" + machine.name() + "' because it is not running.")
                    .refusal();
        }
        Operation operation = begin(machine, AzureCall.RESTART_VM);
        cutPower(machine);
        finishLater(machine, operation, () -> running(machine));
        return operation;
    }

    private static void cutPower(VirtualMachine machine) {
        machine.callOffPlanned();
        machine.guest.cutPower();
    }

    private void running(VirtualMachine machine) {
        machine.power(PowerState.RUNNING, clock.instant());
        machine.reach(Milestone.RUNNING, clock.instant());
        timings.guestBoot()
                .draw(estate.random)
                .ifPresent(delay ->
                        machine.planned.add(clock.schedule(delay, () -> estate.locked(() -> guestUp(machine)))));
    }

    private Operation begin(VirtualMachine machine, AzureCall call) {
        if (machine.operation != null && machine.operation.isRunning()) {
            throw KnownError.BUSY.in(VmBirth.place(machine.plan)).refusal();
        }
        Operation operation = estate.operations().begin(call, machine.location(), machine.key());
        machine.operation = operation;
        machine.provisioning(ProvisioningState.UPDATING, clock.instant());
        return operation;
    }

    private void finishLater(VirtualMachine machine, Operation operation, Runnable effect) {
        later(machine, () -> {
            effect.run();
            machine.provisioning(ProvisioningState.SUCCEEDED, clock.instant());
            estate.operations().succeed(operation);
        });
    }

    private void failLater(VirtualMachine machine, Operation operation, ArmError error) {
        later(machine, () -> {
            machine.failure = error;
            machine.provisioning(ProvisioningState.FAILED, clock.instant());
            machine.reach(Milestone.FAILED, clock.instant());
            estate.operations().fail(operation, error);
        });
    }

    private void later(VirtualMachine machine, Runnable step) {
        Latency latency = timings.powerChange();
        latency.draw(estate.random)
                .ifPresent(delay -> machine.planned.add(clock.schedule(delay, () -> estate.locked(step))));
    }
}
