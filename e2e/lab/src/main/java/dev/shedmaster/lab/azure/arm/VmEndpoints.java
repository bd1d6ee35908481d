package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.Operation;
import dev.shedmaster.lab.azure.estate.PowerState;
import dev.shedmaster.lab.azure.estate.ProvisioningState;
import dev.shedmaster.lab.azure.estate.VirtualMachine;
import dev.shedmaster.lab.azure.estate.VmBirth;
import dev.shedmaster.lab.azure.estate.VmPlan;
import dev.shedmaster.lab.azure.estate.VmRemoval;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ArmRefusal;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.http.LabAnswer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One machine: PUT, PATCH, GET, its instance view, and DELETE. */
final class VmEndpoints {
    private static final String TYPE = "Microsoft.Compute/virtualMachines";

    private final Estate estate;
    private final VmBirth birth;
    private final VmRemoval removal;
    private final VmBodyCheck check;
    private final VmChange change = new VmChange();
    private final FaultBoard faults;
    private final ArmAnswers answers;

    VmEndpoints(
            Estate estate, VmBirth birth, VmRemoval removal, VmBodyCheck check, FaultBoard faults, ArmAnswers answers) {
        this.estate = estate;
        this.birth = birth;
        this.removal = removal;
        this.check = check;
        this.faults = faults;
        this.answers = answers;
    }

    LabAnswer put(ArmCall call) {
        ObjectNode body = call.body();
        Optional<LabAnswer> settled =
                estate.locked(() -> estate.machine(call.route().key()).map(machine -> update(machine, call, body)));
        if (settled.isPresent()) {
            return settled.get();
        }
        if (call.request().header("If-Match").isPresent()) {
            throw precondition("If-Match", call.request().header("If-Match").get());
        }
        VmPlan plan = check.check(call.route().group(), call.route().name(), call.apiVersion(), body);
        return estate.locked(() -> estate.machine(plan.key())
                .map(machine -> update(machine, call, body))
                .orElseGet(() -> create(plan, call)));
    }

    private LabAnswer create(VmPlan plan, ArmCall call) {
        VmBirth.Accepted accepted = birth.accept(plan, call.realNow());
        return answers.created(201, VmJson.of(accepted.machine()), accepted.operation(), call.apiVersion());
    }

    private LabAnswer update(VirtualMachine machine, ArmCall call, ObjectNode body) {
        checkPreconditions(machine, call);
        if (machine.provisioning() == ProvisioningState.DELETING) {
            throw markedForDeletion(machine, "createOrUpdate");
        }
        change.refuse(machine, body);
        Map<String, String> tags =
                body.has("tags") ? Field.root(body).at("tags").tags() : machine.tags();
        Field userData = Field.root(body).at("properties").at("userData");
        machine.change(tags, userData.optionalText().orElse(machine.userData()), estate.now());
        Operation operation = machine.operation();
        boolean neverRan = machine.provisioning() == ProvisioningState.FAILED && machine.power() == PowerState.NONE;
        if (neverRan) {
            return answers.created(200, shown(machine, call), birth.retry(machine), call.apiVersion());
        }
        return operation == null || !operation.isRunning()
                ? LabAnswer.json(200, shown(machine, call))
                : answers.created(200, shown(machine, call), operation, call.apiVersion());
    }

    private static ArmRefusal markedForDeletion(VirtualMachine machine, String what) {
        return ArmError.of(
                        409,
                        "OperationNotAllowed",
                        "Operation '" + what + "' is not allowed on VM '" + machine.name()
                                + "' since the VM is marked for deletion. You can only retry the Delete operation (or wait for an ongoing one"
                                + " to complete).")
                .refusal();
    }

    private static void checkPreconditions(VirtualMachine machine, ArmCall call) {
        Optional<String> ifNoneMatch = call.request().header("If-None-Match");
        if (ifNoneMatch
                .filter(tag -> tag.equals("*") || tag.equals(machine.etag()))
                .isPresent()) {
            throw precondition("If-None-Match", ifNoneMatch.get());
        }
        Optional<String> ifMatch = call.request().header("If-Match");
        if (ifMatch.filter(tag -> !tag.equals("*") && !tag.equals(machine.etag()))
                .isPresent()) {
            throw precondition("If-Match", ifMatch.get());
        }
    }

    private static ArmRefusal precondition(String header, String value) {
        return ArmError.of(
                        412,
                        "PreconditionFailed",
                        "The precondition " + header + ": " + value + " of the request does not hold for the resource.")
                .refusal();
    }

    LabAnswer patch(ArmCall call) {
        ObjectNode body = call.body();
        return estate.locked(() -> {
            VirtualMachine machine = existing(call);
            if (machine.provisioning() == ProvisioningState.DELETING) {
                throw markedForDeletion(machine, "update");
            }
            checkPreconditions(machine, call);
            Map<String, String> tags =
                    body.has("tags") ? Field.root(body).at("tags").tags() : machine.tags();
            Field userData = Field.root(body).at("properties").at("userData");
            machine.change(tags, userData.optionalText().orElse(machine.userData()), estate.now());
            return LabAnswer.json(200, shown(machine, call));
        });
    }

    LabAnswer get(ArmCall call) {
        return estate.locked(() -> LabAnswer.json(200, shown(existing(call), call)));
    }

    private ObjectNode shown(VirtualMachine machine, ArmCall call) {
        ObjectNode shown = VmJson.of(machine);
        String expand = call.request().parameter("$expand").orElse("");
        switch (expand.toLowerCase(Locale.ROOT)) {
            case "" -> {}
            case "instanceview" -> {
                refuseHidden(call);
                shown.withObject("properties").set("instanceView", VmJson.instanceView(machine));
            }
            case "userdata" -> shown.withObject("properties").put("userData", machine.userData());
            default ->
                throw ArmError.of(
                                400,
                                "InvalidParameter",
                                "The value '" + expand + "' of $expand is not valid: use instanceView or userData.",
                                "$expand")
                        .refusal();
        }
        return shown;
    }

    LabAnswer instanceView(ArmCall call) {
        refuseHidden(call);
        return estate.locked(() -> LabAnswer.json(200, VmJson.instanceView(existing(call))));
    }

    private void refuseHidden(ArmCall call) {
        if (faults.strike(FaultEffect.HideInstanceView.class, call.facts()).isPresent()) {
            throw ArmAnswers.notFound(TYPE, call.route().name(), call.route().group())
                    .refusal();
        }
    }

    LabAnswer delete(ArmCall call) {
        return estate.locked(() -> estate.machine(call.route().key())
                .<LabAnswer>map(machine -> {
                    Operation operation = removal.delete(machine, call.request().flag("forceDeletion"));
                    return answers.accepted(operation, "Microsoft.Compute", call.apiVersion());
                })
                .orElseGet(() -> LabAnswer.empty(204)));
    }

    private VirtualMachine existing(ArmCall call) {
        return existing(estate, call);
    }

    static VirtualMachine existing(Estate estate, ArmCall call) {
        return estate.machine(call.route().key())
                .orElseThrow(() -> ArmAnswers.notFound(
                                TYPE, call.route().name(), call.route().group())
                        .refusal());
    }
}
