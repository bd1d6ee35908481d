package dev.shedmaster.machine.robot;

import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.http.RetryAfter;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;

/**
 * Says what an answer of Robot that is not the one hoped for means. The codes are those of the webservice's documentation
 * and a few that its clients have met; all of them are in the table of {@code RobotAnswerClassifierTest}. Where Robot has
 * not answered itself (no code), nothing is concluded about servers or keys: what stands before it says 404, too.
 */
final class RobotAnswerClassifier {
    /** A refusal for the number of requests that does not say how long it lasts. */
    static final Duration USUAL_FREEZE = Duration.ofMinutes(5);

    /** Robot counts what we ask for within hours. */
    static final Duration LONGEST_FREEZE = Duration.ofHours(1);

    /** A technician, a firewall or a switch port is at work: that takes minutes. */
    static final Duration WHILE_BUSY = Duration.ofMinutes(1);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Set<String> BUSY = Set.of(
            "RESET_MANUAL_ACTIVE", "BOOT_BLOCKED", "FAILOVER_LOCKED", "FIREWALL_IN_PROCESS", "VSWITCH_IN_PROCESS");

    /** Another has changed the same meanwhile. */
    private static final Set<String> PASSING = Set.of("CONFLICT", "UNAVAILABLE");

    private final RobotAccount account;
    private final InstantSource clock;

    RobotAnswerClassifier(RobotAccount account, InstantSource clock) {
        this.account = account;
        this.clock = clock;
    }

    PortError classify(RobotCall call, ApiAnswer answer) {
        RobotRefusal refusal = RobotRefusal.of(answer);
        String said = "Robot did not " + call.purpose() + " (" + refusal.describe() + ")";
        return switch (answer.status()) {
            case 401 -> new PortError.Unauthorized(refusedCredential());
            case 403 -> forbidden(call, refusal, said);
            case 408, 425, 429 -> new PortError.Throttled(retryAfter(answer), said);
            case 503 -> new PortError.Transient(said + "; it may be under maintenance");
            default -> answer.isRedirect() ? redirected() : byCode(refusal, said);
        };
    }

    /** Whether the refusal is for the number of requests: Robot's own, or a bare 403, which its clients have met in that place. */
    static boolean isForTheirNumber(ApiAnswer answer) {
        RobotRefusal refusal = RobotRefusal.of(answer);
        return answer.status() == 403 && (!refusal.isRobots() || refusal.code().equals("RATE_LIMIT_EXCEEDED"));
    }

    /** How long no more calls of that kind are to be made. */
    static Duration freeze(ApiAnswer answer) {
        return freeze(RobotRefusal.of(answer));
    }

    private static Duration freeze(RobotRefusal refusal) {
        if (refusal.interval().isZero()) {
            return USUAL_FREEZE;
        }
        return refusal.interval().compareTo(LONGEST_FREEZE) > 0 ? LONGEST_FREEZE : refusal.interval();
    }

    /** The error for a success whose body is not what was asked for. */
    static PortError notUnderstood(RobotCall call) {
        return new PortError.Transient("Robot's answer to the request to " + call.purpose()
                + " is not understood: does something between Robot and the operator answer in its place?");
    }

    private String refusedCredential() {
        return "Robot refuses the webservice user '" + account.username()
                + "' or its password (401): correct the Secret, or touch it if it was right; nothing is sent with it until"
                + " then, because three bad logins have Robot block this address for 10 minutes";
    }

    private PortError forbidden(RobotCall call, RobotRefusal refusal, String said) {
        if (refusal.isRobots() && !refusal.code().equals("RATE_LIMIT_EXCEEDED")) {
            return new PortError.Unauthorized(
                    said + ": let the webservice user '" + account.username() + "' do that in Robot", true);
        }
        String allowed = refusal.allowed() > 0 && !refusal.interval().isZero()
                ? ": it allows " + refusal.allowed() + " in "
                        + refusal.interval().toMinutes() + " minutes, and somebody else uses the account as well"
                : "";
        return new PortError.Throttled(
                freeze(refusal), "Robot takes no more " + call.kind().called() + " for now" + allowed);
    }

    private PortError redirected() {
        return new PortError.Invalid(
                "endpoint", "spec.endpoint: " + account.endpoint() + " redirects instead of answering: correct it");
    }

    private static PortError byCode(RobotRefusal refusal, String said) {
        String code = refusal.code();
        if (!refusal.isRobots() || refusal.status() >= 500 || PASSING.contains(code)) {
            return new PortError.Transient(said);
        }
        if (BUSY.contains(code)) {
            return new PortError.Throttled(WHILE_BUSY, said);
        }
        if (code.endsWith("NOT_FOUND")) {
            return new PortError.NotFound(said);
        }
        if (code.contains("_ALREADY_")) {
            return new PortError.AlreadyExists(said);
        }
        return new PortError.Invalid(
                refusal.inputs().isEmpty() ? "request" : refusal.inputs().getFirst(), said);
    }

    private Duration retryAfter(ApiAnswer answer) {
        return RetryAfter.in(answer.headers(), clock.instant()).orElse(PATIENCE);
    }
}
