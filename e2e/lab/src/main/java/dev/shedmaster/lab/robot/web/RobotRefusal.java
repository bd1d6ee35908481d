package dev.shedmaster.lab.robot.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.http.LabAnswer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An error as Robot tells it; thrown where it is found. */
@SuppressWarnings("serial") // never serialized
final class RobotRefusal extends RuntimeException {
    private final int status;
    private final ObjectNode body;

    private RobotRefusal(int status, String code, String message) {
        super(message);
        this.status = status;
        this.body = RobotJson.object();
        error().put("status", status).put("code", code).put("message", message);
    }

    private ObjectNode error() {
        return body.withObject("/error");
    }

    static RobotRefusal of(int status, String code, String message) {
        return new RobotRefusal(status, code, message);
    }

    static RobotRefusal unauthorized() {
        return of(401, "UNAUTHORIZED", "Unauthorized");
    }

    /** Also what Robot says where a list would be empty. */
    static RobotRefusal notFound(String message) {
        return of(404, "NOT_FOUND", message);
    }

    static RobotRefusal serverNotFound() {
        return of(404, "SERVER_NOT_FOUND", "server not found");
    }

    static RobotRefusal missing(List<String> fields) {
        return invalidInput(fields, null);
    }

    static RobotRefusal invalid(String field) {
        return invalidInput(null, List.of(field));
    }

    private static RobotRefusal invalidInput(@Nullable List<String> missing, @Nullable List<String> invalid) {
        RobotRefusal refusal = of(400, "INVALID_INPUT", "invalid input");
        refusal.error().set("missing", RobotJson.texts(missing));
        refusal.error().set("invalid", RobotJson.texts(invalid));
        return refusal;
    }

    /**
     * @param seconds after which the limit is whole again, in the client's time
     * @param isPlural whether the limit is called {@code max_requests}, as at least one client has seen it
     */
    static RobotRefusal rateLimited(int requests, long seconds, boolean isPlural) {
        RobotRefusal refusal = of(403, "RATE_LIMIT_EXCEEDED", "rate limit exceeded");
        refusal.error().put(isPlural ? "max_requests" : "max_request", requests).put("interval", seconds);
        return refusal;
    }

    LabAnswer.Reply answer() {
        return RobotJson.answer(status, body);
    }
}
