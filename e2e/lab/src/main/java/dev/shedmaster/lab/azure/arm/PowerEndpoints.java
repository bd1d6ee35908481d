package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.Operation;
import dev.shedmaster.lab.azure.estate.ProvisioningState;
import dev.shedmaster.lab.azure.estate.VirtualMachine;
import dev.shedmaster.lab.azure.estate.VmPower;
import dev.shedmaster.lab.azure.estate.VmRemoval;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.http.LabAnswer;
import java.net.URI;
import java.util.function.Function;

/** The actions on a machine: power, eviction for trial, and the boot log. */
final class PowerEndpoints {
    private final Estate estate;
    private final VmPower power;
    private final VmRemoval removal;
    private final ArmAnswers answers;
    private final URI serialLogs;

    PowerEndpoints(Estate estate, VmPower power, VmRemoval removal, ArmAnswers answers, URI serialLogs) {
        this.estate = estate;
        this.power = power;
        this.removal = removal;
        this.answers = answers;
        this.serialLogs = serialLogs;
    }

    LabAnswer start(ArmCall call) {
        return act(call, power::start);
    }

    LabAnswer powerOff(ArmCall call) {
        return act(call, power::powerOff);
    }

    LabAnswer restart(ArmCall call) {
        return act(call, power::restart);
    }

    LabAnswer deallocate(ArmCall call) {
        return act(call, power::deallocate);
    }

    private LabAnswer act(ArmCall call, Function<VirtualMachine, Operation> action) {
        return estate.locked(() -> {
            VirtualMachine machine = VmEndpoints.existing(estate, call);
            if (machine.provisioning() == ProvisioningState.DELETING) {
                throw ArmError.of(409, "OperationNotAllowed", "The VM '" + machine.name() + "' is marked for deletion.")
                        .refusal();
            }
            return answers.accepted(action.apply(machine), "Microsoft.Compute", call.apiVersion());
        });
    }

    LabAnswer simulateEviction(ArmCall call) {
        VirtualMachine machine = estate.locked(() -> VmEndpoints.existing(estate, call));
        if (!machine.plan().isSpot()) {
            throw ArmError.of(
                            409,
                            "OperationNotAllowed",
                            "Operation 'simulateEviction' is only supported on Azure Spot Virtual Machines.")
                    .refusal();
        }
        removal.announceEviction(machine);
        return LabAnswer.empty(204);
    }

    /** Addresses from which the serial log can be read without a token, as with a shared access signature. */
    LabAnswer bootDiagnostics(ArmCall call) {
        return estate.locked(() -> {
            VirtualMachine machine = VmEndpoints.existing(estate, call);
            if (!machine.plan().bootDiagnostics()) {
                throw ArmError.of(
                                409,
                                "OperationNotAllowed",
                                "Boot diagnostics is not enabled for VM '" + machine.name() + "'.")
                        .refusal();
            }
            return LabAnswer.json(
                    200,
                    JsonNodeFactory.instance
                            .objectNode()
                            .put(
                                    "consoleScreenshotBlobUri",
                                    serialLogs + "/" + machine.vmId() + "/screenshot.bmp?sig=lab")
                            .put(
                                    "serialConsoleLogBlobUri",
                                    serialLogs + "/" + machine.vmId() + "/serialconsole.log?sig=lab"));
        });
    }
}
