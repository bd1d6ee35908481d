package dev.shedmaster.machine.robot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.http.ApiAnswer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An answer that is no success, read.
 *
 * @param status the HTTP status; Robot repeats it in the body
 * @param code Robot's own word for it, such as {@code SERVER_NOT_FOUND}; empty if the body is none of Robot's
 * @param message Robot's sentence; empty if there is none
 * @param missing the inputs that {@code INVALID_INPUT} misses
 * @param invalid the inputs that {@code INVALID_INPUT} does not take
 * @param allowed how many requests there may be within the interval; zero if that is not told
 * @param interval how long {@code RATE_LIMIT_EXCEEDED} may last; zero if that is not told
 */
record RobotRefusal(
        int status,
        String code,
        String message,
        List<String> missing,
        List<String> invalid,
        int allowed,
        Duration interval) {
    private static final int LONGEST_MESSAGE = 200;

    static RobotRefusal of(ApiAnswer answer) {
        JsonNode error = RobotJson.read(answer.body()).path("error");
        return new RobotRefusal(
                answer.status(),
                RobotJson.text(error, "code"),
                bounded(RobotJson.text(error, "message")),
                RobotJson.texts(error.path("missing")),
                RobotJson.texts(error.path("invalid")),
                // The documentation has the first spelling; clients have met the other.
                Math.max(
                        error.path("max_request").asInt(0),
                        error.path("max_requests").asInt(0)),
                Duration.ofSeconds(Math.max(0, error.path("interval").asLong(0))));
    }

    /** Whether it is certain that Robot itself has answered, and neither a proxy nor a page about maintenance. */
    boolean isRobots() {
        return !code.isEmpty();
    }

    /** The inputs that are wrong; empty if none is named. */
    List<String> inputs() {
        return Stream.concat(missing.stream(), invalid.stream()).distinct().toList();
    }

    /** What was said, for people. */
    String describe() {
        if (!isRobots()) {
            return "HTTP " + status + ", without a word of Robot's own";
        }
        String inputs = Stream.of(named("missing: ", missing), named("invalid: ", invalid))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return "HTTP " + status + " " + code + (message.isEmpty() ? "" : ": " + message)
                + (inputs.isEmpty() ? "" : " (" + inputs + ")");
    }

    private static String named(String word, List<String> names) {
        return names.isEmpty() ? "" : word + bounded(String.join(", ", names));
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE - 1) + "…";
    }
}
