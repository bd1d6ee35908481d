package dev.shedmaster.lab.azure.fault;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as Resource Manager says it: {@code {"error":{"code","message","target","details"}}}.
 *
 * @param status the HTTP status when the error is the answer to a call; an operation that fails later carries the rest alone
 * @param retryAfter what the {@code Retry-After} header says, in the client's time
 */
public record ArmError(
        int status,
        String code,
        String message,
        @Nullable String target,
        List<Detail> details,
        @Nullable Duration retryAfter) {

    /** One entry of {@code details}. */
    public record Detail(
            String code, String message, @Nullable String target) {}

    public static ArmError of(int status, String code, String message) {
        return new ArmError(status, code, message, null, List.of(), null);
    }

    public static ArmError of(int status, String code, String message, String target) {
        return new ArmError(status, code, message, target, List.of(), null);
    }

    public ArmError withStatus(int other) {
        return new ArmError(other, code, message, target, details, retryAfter);
    }

    public ArmError withMessage(String other) {
        return new ArmError(status, code, other, target, details, retryAfter);
    }

    public ArmError withRetryAfter(@Nullable Duration other) {
        return new ArmError(status, code, message, target, details, other);
    }

    public ArmError withDetails(List<Detail> other) {
        return new ArmError(status, code, message, target, other, retryAfter);
    }

    /** The object that stands under {@code error}. */
    public ObjectNode json() {
        ObjectNode error = JsonNodeFactory.instance.objectNode();
        error.put("code", code);
        error.put("message", message);
        if (target != null) {
            error.put("target", target);
        }
        if (!details.isEmpty()) {
            ArrayNode list = error.putArray("details");
            for (Detail detail : details) {
                ObjectNode entry = list.addObject().put("code", detail.code()).put("message", detail.message());
                if (detail.target() != null) {
                    entry.put("target", detail.target());
                }
            }
        }
        return error;
    }

    /** Refuses the call with this error. */
    public ArmRefusal refusal() {
        return new ArmRefusal(this);
    }
}
