package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.estate.Operation;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.http.LabAnswer;
import dev.shedmaster.lab.http.LabAnswer.Reply;
import java.net.URI;
import java.time.Duration;

/** The answers' common parts: errors, and the headers by which a client follows an operation. */
final class ArmAnswers {
    private final URI base;
    private final String subscription;
    private final Duration pollInterval;

    /** @param pollInterval what {@code Retry-After} advises, in the client's time; zero leaves the header out */
    ArmAnswers(URI base, String subscription, Duration pollInterval) {
        this.base = base;
        this.subscription = subscription;
        this.pollInterval = pollInterval;
    }

    URI base() {
        return base;
    }

    static Reply error(ArmError error) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("error", error.json());
        Reply reply = LabAnswer.json(error.status(), body);
        Duration retryAfter = error.retryAfter();
        return retryAfter == null ? reply : reply.with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    static ArmError notFound(String type, String name, String group) {
        return ArmError.of(
                404,
                "ResourceNotFound",
                "The Resource '" + type + "/" + name + "' under resource group '" + group
                        + "' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix");
    }

    /** 201 or 200 with the resource, to be followed by {@code Azure-AsyncOperation}. */
    Reply created(int status, ObjectNode resource, Operation operation, String apiVersion) {
        return advised(LabAnswer.json(status, resource)
                .with("Azure-AsyncOperation", url(operation, "Microsoft.Compute", apiVersion, false)));
    }

    /** 201 with a part of the network. */
    Reply createdPart(ObjectNode resource, Operation operation, String apiVersion) {
        return advised(LabAnswer.json(201, resource)
                .with("Azure-AsyncOperation", url(operation, "Microsoft.Network", apiVersion, false)));
    }

    /** 202, to be followed by either header. */
    Reply accepted(Operation operation, String provider, String apiVersion) {
        return advised(LabAnswer.empty(202)
                .with("Location", url(operation, provider, apiVersion, true))
                .with("Azure-AsyncOperation", url(operation, provider, apiVersion, false)));
    }

    Reply advised(Reply reply) {
        return pollInterval.isZero() ? reply : reply.with("Retry-After", Long.toString(pollInterval.toSeconds()));
    }

    String url(Operation operation, String provider, String apiVersion, boolean monitor) {
        return base + "/subscriptions/" + subscription + "/providers/" + provider + "/locations/" + operation.location()
                + "/operations/" + operation.id() + "?p=" + operation.id().substring(0, 8)
                + (monitor ? "&monitor=true" : "") + "&api-version=" + apiVersion + "&c=" + operation.ticket();
    }
}
