package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.http.LabRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that the front door has let in.
 *
 * @param json the body; null when it is empty or no JSON
 * @param realNow when it came, by the real clock
 */
record ArmCall(
        LabRequest request,
        ArmRoute route,
        CallFacts facts,
        @Nullable JsonNode json,
        Instant realNow) {

    String apiVersion() {
        return request.parameter("api-version").orElse("");
    }

    ObjectNode body() {
        if (json instanceof ObjectNode body) {
            return body;
        }
        throw ArmError.of(
                        400,
                        "InvalidRequestContent",
                        "The request content was invalid and could not be deserialized: '"
                                + (request.body().isEmpty() ? "the body is empty" : "it is no JSON object") + "'.")
                .refusal();
    }
}
