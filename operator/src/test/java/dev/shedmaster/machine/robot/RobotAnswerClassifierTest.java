package dev.shedmaster.machine.robot;

import static dev.shedmaster.machine.robot.RobotAnswers.answer;
import static dev.shedmaster.machine.robot.RobotAnswers.error;
import static dev.shedmaster.machine.robot.RobotAnswers.invalidInput;
import static dev.shedmaster.machine.robot.RobotAnswers.tooMany;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.port.PortError;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each of Robot's answers means: all codes of its documentation, those that its clients have met, and none at all. */
class RobotAnswerClassifierTest {
    private static final RobotCall CALL = RobotCall.of(RequestKind.RESET, "reset server 321", "reset/321");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final RobotAnswerClassifier classifier = new RobotAnswerClassifier(
            new RobotAccount("ci/robot", URI.create("https://robot.example.org"), "#ws+abc", "secret", 40),
            InstantSource.fixed(NOW));

    static Stream<Arguments> codes() {
        return Stream.of(
                        codes(400, PortError.Invalid.class, "INVALID_INPUT"),
                        codes(401, PortError.Unauthorized.class, "UNAUTHORIZED"),
                        codes(403, PortError.Throttled.class, "RATE_LIMIT_EXCEEDED"),
                        codes(
                                404,
                                PortError.NotFound.class,
                                "NOT_FOUND",
                                "SERVER_NOT_FOUND",
                                "IP_NOT_FOUND",
                                "SUBNET_NOT_FOUND",
                                "MAC_NOT_FOUND",
                                "RDNS_NOT_FOUND",
                                "FAILOVER_NEW_SERVER_NOT_FOUND",
                                "FIREWALL_PORT_NOT_FOUND",
                                "FIREWALL_TEMPLATE_NOT_FOUND"),
                        codes(
                                404,
                                PortError.Invalid.class,
                                "MAC_NOT_AVAILABLE",
                                "RESET_NOT_AVAILABLE",
                                "WOL_NOT_AVAILABLE",
                                "BOOT_NOT_AVAILABLE",
                                "WINDOWS_OUTDATED_VERSION",
                                "WINDOWS_MISSING_ADDON",
                                "PLESK_MISSING_ADDON",
                                "CPANEL_MISSING_ADDON",
                                "FIREWALL_NOT_AVAILABLE",
                                "VSWITCH_NOT_AVAILABLE"),
                        codes(409, PortError.Transient.class, "CONFLICT", "UNAVAILABLE"),
                        codes(409, PortError.NotFound.class, "MAC_NOT_FOUND"),
                        codes(
                                409,
                                PortError.Throttled.class,
                                "RESET_MANUAL_ACTIVE",
                                "BOOT_BLOCKED",
                                "FAILOVER_LOCKED",
                                "FIREWALL_IN_PROCESS",
                                "VSWITCH_IN_PROCESS"),
                        codes(
                                409,
                                PortError.AlreadyExists.class,
                                "BOOT_ALREADY_ENABLED",
                                "MAC_ALREADY_SET",
                                "FAILOVER_ALREADY_ROUTED",
                                "RDNS_ALREADY_EXISTS",
                                "KEY_ALREADY_EXISTS"),
                        codes(
                                409,
                                PortError.Invalid.class,
                                "SERVER_CANCELLATION_RESERVE_LOCATION_FALSE_ONLY",
                                "SERVER_REVERSAL_NOT_POSSIBLE",
                                "FIREWALL_RULE_LIMIT_EXCEEDED",
                                "FIREWALL_CANNOT_BE_DISABLED",
                                "VSWITCH_LIMIT_REACHED",
                                "VSWITCH_VLAN_NOT_UNIQUE",
                                "VSWITCH_SERVER_LIMIT_REACHED",
                                "VSWITCH_PER_SERVER_LIMIT_REACHED"),
                        codes(
                                500,
                                PortError.Transient.class,
                                "INTERNAL_ERROR",
                                "RESET_FAILED",
                                "WOL_FAILED",
                                "BOOT_ACTIVATION_FAILED",
                                "BOOT_DEACTIVATION_FAILED",
                                "FAILOVER_FAILED",
                                "FAILOVER_NOT_COMPLETE",
                                "MAC_FAILED",
                                "RDNS_CREATE_FAILED",
                                "RDNS_UPDATE_FAILED",
                                "RDNS_DELETE_FAILED",
                                "KEY_CREATE_FAILED",
                                "KEY_UPDATE_FAILED",
                                "KEY_DELETE_FAILED",
                                "TRAFFIC_WARNING_UPDATE_FAILED"))
                .flatMap(codes -> codes);
    }

    private static Stream<Arguments> codes(int status, Class<? extends PortError> kind, String... codes) {
        return Arrays.stream(codes).map(code -> Arguments.of(status, code, kind));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("codes")
    void everyCodeHasItsMeaning(int status, String code, Class<? extends PortError> kind) {
        PortError error = classifier.classify(CALL, answer(status, error(status, code)));

        assertThat(error).isInstanceOf(kind);
        if (status != 401 && status != 403) {
            assertThat(error.message())
                    .startsWith("Robot did not reset server 321 (HTTP " + status + " " + code + ": a sentence)");
        }
    }

    static Stream<Arguments> withoutAWordOfRobots() {
        String page = "<html><head><title>Wartung</title></head><body>maintenance</body></html>";
        return Stream.of(
                Arguments.of(answer(401, page), PortError.Unauthorized.class),
                Arguments.of(answer(403, page), PortError.Throttled.class),
                Arguments.of(answer(403, ""), PortError.Throttled.class),
                Arguments.of(answer(404, page), PortError.Transient.class),
                Arguments.of(answer(404, ""), PortError.Transient.class),
                Arguments.of(answer(407, page), PortError.Transient.class),
                Arguments.of(answer(400, "[]"), PortError.Transient.class),
                Arguments.of(answer(429, page, "Retry-After", "7"), PortError.Throttled.class),
                Arguments.of(answer(500, "{\"error\":null}"), PortError.Transient.class),
                Arguments.of(answer(502, page), PortError.Transient.class),
                Arguments.of(answer(503, page), PortError.Transient.class),
                Arguments.of(answer(503, "{"), PortError.Transient.class),
                Arguments.of(answer(302, "", "Location", "https://robot.example.org/"), PortError.Invalid.class));
    }

    @ParameterizedTest
    @MethodSource("withoutAWordOfRobots")
    void whatIsNotRobotsSaysNothingOfServers(ApiAnswer answer, Class<? extends PortError> kind) {
        PortError error = classifier.classify(CALL, answer);

        assertThat(error).isInstanceOf(kind);
        assertThat(error.message()).doesNotContain("<").hasSizeLessThan(400);
    }

    @ParameterizedTest
    @CsvSource({
        "'[\"minute\",\"hour\"]', null, minute, 'missing: minute, hour'",
        "null, '[\"authorized_key\"]', authorized_key, 'invalid: authorized_key'",
        "'[\"os\"]', '[\"type\"]', os, 'missing: os; invalid: type'",
        "'{\"0\":\"hour\"}', '[]', hour, 'missing: hour'",
        "null, '\"type\"', type, 'invalid: type'"
    })
    void aWrongInputIsNamed(String missing, String invalid, String field, String words) {
        assertThat(classifier.classify(CALL, answer(400, invalidInput(missing, invalid))))
                .isInstanceOfSatisfying(PortError.Invalid.class, error -> {
                    assertThat(error.field()).isEqualTo(field);
                    assertThat(error.message()).contains(words);
                });
    }

    @Test
    void aWrongInputThatIsNotNamedIsTheRequests() {
        assertThat(classifier.classify(CALL, answer(400, invalidInput("null", "null"))))
                .isInstanceOfSatisfying(
                        PortError.Invalid.class,
                        error -> assertThat(error.field()).isEqualTo("request"));
    }

    @ParameterizedTest
    @CsvSource({
        "max_request, 600, 600",
        "max_requests, 600, 600",
        "max_request, 3600, 3600",
        "max_request, 86400, 3600",
        "max_request, 0, 300",
        "max_request, -7, 300"
    })
    void aRefusalForTheirNumberSaysForHowLong(String maximum, int interval, int freeze) {
        ApiAnswer answer = answer(403, tooMany(maximum, interval));

        assertThat(RobotAnswerClassifier.isForTheirNumber(answer)).isTrue();
        assertThat(RobotAnswerClassifier.freeze(answer)).isEqualTo(Duration.ofSeconds(freeze));
        assertThat(classifier.classify(CALL, answer)).isInstanceOfSatisfying(PortError.Throttled.class, error -> {
            assertThat(error.retryAfter()).isEqualTo(Duration.ofSeconds(freeze));
            assertThat(error.message()).startsWith("Robot takes no more POST /reset for now");
            assertThat(error.message().contains("it allows 200 in")).isEqualTo(interval > 0);
        });
    }

    @Test
    void aBareRefusalHoldsForFiveMinutes() {
        assertThat(RobotAnswerClassifier.isForTheirNumber(answer(403, ""))).isTrue();
        assertThat(RobotAnswerClassifier.freeze(answer(403, ""))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aRefusalThatIsNotForTheirNumberIsAMissingPermission() {
        ApiAnswer answer = answer(403, error(403, "FORBIDDEN"));

        assertThat(RobotAnswerClassifier.isForTheirNumber(answer)).isFalse();
        assertThat(classifier.classify(CALL, answer)).isInstanceOfSatisfying(PortError.Unauthorized.class, error -> {
            assertThat(error.lacksPermission()).isTrue();
            assertThat(error.message()).contains("let the webservice user '#ws+abc' do that");
        });
    }

    @Test
    void aRefusedCredentialSaysWhatToDo() {
        assertThat(classifier.classify(CALL, answer(401, error(401, "UNAUTHORIZED"))))
                .isInstanceOfSatisfying(PortError.Unauthorized.class, error -> {
                    assertThat(error.lacksPermission()).isFalse();
                    assertThat(error.message())
                            .contains("'#ws+abc'", "correct the Secret", "10 minutes")
                            .doesNotContain("secret'");
                });
    }

    @Test
    void aTechnicianOnTheWayIsWaitedForSlowly() {
        assertThat(classifier.classify(CALL, answer(409, error(409, "RESET_MANUAL_ACTIVE"))))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        error -> assertThat(error.retryAfter()).isEqualTo(RobotAnswerClassifier.WHILE_BUSY));
    }
}
