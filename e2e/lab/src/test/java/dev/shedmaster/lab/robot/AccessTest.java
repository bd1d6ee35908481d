package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.robot.RobotClient.Answer;
import dev.shedmaster.lab.robot.access.BlockedAnswer;
import dev.shedmaster.lab.robot.access.RequestLimits;
import dev.shedmaster.lab.robot.call.RobotCall;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logins, the block after wrong ones, and the limits of requests. */
class AccessTest {
    private static final String WRONG = RobotClient.basic(RobotOptions.LOGIN, "guess");
    private static final String RIGHT = RobotClient.basic(RobotOptions.LOGIN, RobotOptions.PASSWORD);

    private static Answer ask(RobotLab lab, String authorization) throws Exception {
        lab.client.authorize(authorization);
        return lab.client.get("/server");
    }

    @Test
    void threeWrongPasswordsBlockTheAddressForTenMinutes() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            lab.robot.rent(321);
            for (int i = 0; i < 3; i++) {
                assertThat(ask(lab, WRONG).error()).isEqualTo("401 UNAUTHORIZED");
            }
            assertThat(ask(lab, RIGHT).error()).isEqualTo("401 UNAUTHORIZED");
            lab.clock.advance(Duration.ofMinutes(10).minusSeconds(1));
            assertThat(ask(lab, RIGHT).error()).isEqualTo("401 UNAUTHORIZED");
            lab.clock.advance(Duration.ofSeconds(1));
            assertThat(ask(lab, RIGHT).status()).isEqualTo(200);
            assertThat(ask(lab, WRONG).error()).isEqualTo("401 UNAUTHORIZED");
            assertThat(ask(lab, RIGHT).status()).as("the count began anew").isEqualTo(200);
        }
    }

    @Test
    void aRightPasswordInBetweenBeginsTheCountAnew() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            lab.robot.rent(321);
            for (int i = 0; i < 4; i++) {
                ask(lab, WRONG);
                ask(lab, WRONG);
                assertThat(ask(lab, RIGHT).status()).isEqualTo(200);
            }
            assertThat(lab.robot.logins().isBlocking()).isFalse();
        }
    }

    @Test
    void whoeverDoesNotLogInIsRefusedButNotCounted() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            lab.robot.rent(321);
            for (int i = 0; i < 5; i++) {
                assertThat(ask(lab, "").error()).isEqualTo("401 UNAUTHORIZED");
            }
            assertThat(ask(lab, RIGHT).status()).isEqualTo(200);
        }
    }

    @Test
    void otherSchemesAndBrokenHeadersAreWrongPasswords() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            for (String broken : new String[] {"Bearer abc", "Basic %%%", RobotClient.basic("nobody", "")}) {
                assertThat(ask(lab, broken).error()).isEqualTo("401 UNAUTHORIZED");
            }
            assertThat(lab.robot.logins().isBlocking()).isTrue();
        }
    }

    @Test
    void aBlockedAddressMayGetAPage() throws Exception {
        try (RobotLab lab = RobotLab.start(options -> options.withBlocked(BlockedAnswer.FORBIDDEN_PAGE))) {
            for (int i = 0; i < 3; i++) {
                assertThat(ask(lab, WRONG).status()).isEqualTo(401);
            }
            Answer blocked = ask(lab, RIGHT);
            assertThat(blocked.status()).isEqualTo(403);
            assertThat(blocked.contentType()).isEqualTo("text/html");
            assertThat(blocked.body()).startsWith("<html>");
        }
    }

    @Test
    void aPasswordThatWasChangedLetsInAndTheOldOneNot() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            lab.robot.rent(321);
            lab.robot.logins().change(RobotOptions.LOGIN, "a:new one");
            assertThat(ask(lab, RIGHT).status()).isEqualTo(401);
            assertThat(ask(lab, RobotClient.basic(RobotOptions.LOGIN, "a:new one"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void fiftyResetsAreTakenInAnHourAndAllServersShareThem() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            lab.robot.rent(321);
            lab.robot.rent(322);
            for (int i = 0; i < 50; i++) {
                assertThat(lab.client.post("/reset/" + (321 + i % 2), "type=hw").status())
                        .isEqualTo(200);
            }
            Answer refused = lab.client.post("/reset/321", "type=hw");
            assertThat(refused.body())
                    .isEqualTo("{\"error\":{\"status\":403,\"code\":\"RATE_LIMIT_EXCEEDED\","
                            + "\"message\":\"rate limit exceeded\",\"max_request\":50,\"interval\":3600}}");
            assertThat(lab.client.get("/reset/321").status()).as("another call").isEqualTo(200);
            lab.clock.advance(Duration.ofSeconds(71));
            assertThat(lab.client.post("/reset/321", "type=hw").status()).isEqualTo(403);
            lab.clock.advance(Duration.ofSeconds(1));
            assertThat(lab.client.post("/reset/321", "type=hw").status()).isEqualTo(200);
            assertThat(lab.client.post("/reset/321", "type=hw").status()).isEqualTo(403);
        }
    }

    @Test
    void eachLoginHasLimitsOfItsOwn() throws Exception {
        RequestLimits one = RequestLimits.documented().with(RobotCall.LIST_SERVERS, 1, Duration.ofMinutes(5));
        try (RobotLab lab = RobotLab.start(options ->
                options.withLimits(one).withLogins(Map.of(RobotOptions.LOGIN, RobotOptions.PASSWORD, "#ws+b", "b")))) {
            lab.robot.rent(321);
            assertThat(ask(lab, RIGHT).status()).isEqualTo(200);
            JsonNode error = ask(lab, RIGHT).json().path("error");
            assertThat(error.path("max_request").asInt()).isEqualTo(1);
            assertThat(error.path("interval").asInt()).isEqualTo(300);
            assertThat(ask(lab, RobotClient.basic("#ws+b", "b")).status()).isEqualTo(200);
        }
    }

    @Test
    void theLimitMayBeToldInThePlural() throws Exception {
        try (RobotLab lab = RobotLab.start()) {
            lab.robot.post(Fault.once(FaultKind.RATE_LIMITED));
            lab.robot.post(Fault.always(FaultKind.PLURAL_MAX_REQUESTS));
            JsonNode error = ask(lab, RIGHT).json().path("error");
            assertThat(error.path("max_requests").asInt()).isEqualTo(200);
            assertThat(error.has("max_request")).isFalse();
        }
    }

    @Test
    void withoutLimitsNobodyIsRefused() throws Exception {
        try (RobotLab lab = RobotLab.start(options -> options.withLimits(RequestLimits.none()))) {
            lab.robot.rent(321);
            for (int i = 0; i < 60; i++) {
                assertThat(lab.client.post("/reset/321", "type=hw").status()).isEqualTo(200);
            }
        }
    }
}
