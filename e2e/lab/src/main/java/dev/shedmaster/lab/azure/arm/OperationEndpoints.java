package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.Operation;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ArmRefusal;
import dev.shedmaster.lab.azure.fault.FaultBoard;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.http.LabAnswer;
import java.time.Instant;

/** The status of long-running operations, by {@code Azure-AsyncOperation} and by {@code Location}. */
final class OperationEndpoints {
    private final Estate estate;
    private final FaultBoard faults;
    private final ArmAnswers answers;

    OperationEndpoints(Estate estate, FaultBoard faults, ArmAnswers answers) {
        this.estate = estate;
        this.faults = faults;
        this.answers = answers;
    }

    LabAnswer get(ArmCall call) {
        if (faults.strike(FaultEffect.ForgetOperation.class, call.facts()).isPresent()) {
            throw unknown(call);
        }
        return estate.locked(() -> {
            Operation operation = estate.operations().find(call.route().name()).orElseThrow(() -> unknown(call));
            if (!call.request().parameter("c").orElse("").equals(operation.ticket())) {
                throw ArmError.of(
                                400,
                                "InvalidParameter",
                                "The operation's address is not the one that the header gave: follow it to the letter.",
                                "c")
                        .refusal();
            }
            return call.request().flag("monitor") ? monitored(call, operation) : status(operation);
        });
    }

    private static ArmRefusal unknown(ArmCall call) {
        return ArmError.of(
                        404,
                        "OperationNotFound",
                        "The operation '" + call.route().name() + "' was not found: it never began, or it has expired.")
                .refusal();
    }

    private LabAnswer status(Operation operation) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("startTime", operation.started().toString());
        Instant ended = operation.ended();
        if (ended != null) {
            body.put("endTime", ended.toString());
        }
        body.put("status", operation.status().wireName());
        ArmError error = operation.error();
        if (error != null) {
            body.set("error", error.json());
        }
        body.put("name", operation.id());
        LabAnswer.Reply reply = LabAnswer.json(200, body);
        return operation.isRunning() ? answers.advised(reply) : reply;
    }

    private LabAnswer monitored(ArmCall call, Operation operation) {
        ArmError error = operation.error();
        if (operation.isRunning()) {
            return answers.advised(LabAnswer.empty(202)
                    .with("Location", answers.url(operation, "Microsoft.Compute", call.apiVersion(), true)));
        }
        if (error != null) {
            return ArmAnswers.error(error);
        }
        return operation.call() == AzureCall.PUT_VM
                ? estate.machine(operation.subject())
                        .<LabAnswer>map(machine -> LabAnswer.json(200, VmJson.of(machine)))
                        .orElseGet(() -> LabAnswer.empty(204))
                : LabAnswer.empty(operation.call().frontDoor() == AzureCall.FrontDoorBucket.DELETE ? 204 : 200);
    }
}
