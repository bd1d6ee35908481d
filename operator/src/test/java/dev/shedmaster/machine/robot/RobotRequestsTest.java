package dev.shedmaster.machine.robot;

import static dev.shedmaster.machine.robot.RobotAnswers.RESCUE_ARMED;
import static dev.shedmaster.machine.robot.RobotAnswers.RESCUE_INACTIVE;
import static dev.shedmaster.machine.robot.RobotAnswers.SERVER;
import static dev.shedmaster.machine.robot.RobotAnswers.SERVERS;
import static dev.shedmaster.machine.robot.RobotAnswers.error;
import static dev.shedmaster.machine.robot.RobotAnswers.invalidInput;
import static dev.shedmaster.machine.robot.RobotAnswers.server;
import static dev.shedmaster.machine.robot.RobotAnswers.tooMany;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.shedmaster.http.ApiClients;
import dev.shedmaster.http.ScriptedServer;
import dev.shedmaster.port.DedicatedServers.DedicatedServer;
import dev.shedmaster.port.DedicatedServers.RequestAllowance;
import dev.shedmaster.port.DedicatedServers.RescueBoot;
import dev.shedmaster.port.DedicatedServers.ResetOptions;
import dev.shedmaster.port.DedicatedServers.ResetType;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves for Robot, request by request, and what the answers make of it. */
class RobotRequestsTest {
    private static final String USER = "#ws+abc";
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0n9kVLAYMr4ytAljOChmEhz++MoN+XeB+OpPK85NBU";
    private static final String FINGERPRINT = "da:1a:88:77:fe:6a:eb:b7:3a:2b:94:a1:d3:1b:ab:44";
    private static final String KEY_KNOWN =
            "{\"key\":{\"name\":\"ci\",\"fingerprint\":\"" + FINGERPRINT + "\",\"type\":\"ED25519\",\"size\":256}}";
    private static final String SUM = "A".repeat(42) + "B";
    private static final Outcome<Nothing> DONE = Outcome.done(Nothing.NOTHING);

    private final ScriptedServer robot = new ScriptedServer();
    private final ApiClients clients = new ApiClients(new SimpleMeterRegistry());
    private volatile Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final LoginWatch logins = new LoginWatch(() -> now);
    private final RobotServers servers = servers("right", 40);

    @AfterEach
    void stop() {
        clients.close();
        robot.close();
    }

    private RobotServers servers(String password, int resetsPerHour) {
        return servers(robot.url(""), password, resetsPerHour, Duration.ofSeconds(10));
    }

    private RobotServers servers(URI endpoint, String password, int resetsPerHour, Duration timeout) {
        return new RobotServers(
                new RobotAccount("ci/robot", endpoint, USER, password, resetsPerHour),
                clients.client(ApiClients.Options.of("robot", timeout)),
                logins,
                () -> now);
    }

    private static PortError failed(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?>(PortError error) ? error : fail("expected a failure: " + outcome);
    }

    /** What was sent as a form. */
    private List<String> forms() {
        return robot.asked().stream().map(ScriptedServer.Asked::body).toList();
    }

    private RequestAllowance allowance(String kind) {
        return servers.allowances().stream()
                .filter(allowance -> allowance.kind().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyRequestIsSignedAndTheUserIsInNoAddress() {
        robot.then(200, SERVERS).then(200, RESCUE_INACTIVE);
        assertThat(servers.verify()).isEqualTo(DONE);
        assertThat(servers.isRescueArmed(321)).isEqualTo(Outcome.done(false));
        assertThat(robot.calls()).containsExactly("GET /server", "GET /boot/321/rescue");
        assertThat(robot.asked()).allSatisfy(request -> {
            assertThat(request.headers().get("Authorization")).isEqualTo(Credentials.basic(USER, "right"));
            assertThat(request.target()).doesNotContain("ws");
        });
    }

    @Nested
    class Servers {
        @Test
        void areReadOnceForAll() {
            robot.then(200, SERVERS);
            assertThat(servers.server(321))
                    .isEqualTo(Outcome.done(
                            new DedicatedServer(321, "host-a", "192.0.2.21", "RX220", "HEL1-DC7", true, false)));
            assertThat(servers.server(322))
                    .isEqualTo(Outcome.done(
                            new DedicatedServer(322, "", "2001:db8:7::1", "AX41-NVMe", "FSN1-DC16", false, true)));
            assertThat(robot.calls()).containsExactly("GET /server");
        }

        @Test
        void areReadAnewAfterFiveMinutes() {
            robot.then(200, SERVERS).then(200, "[]");
            servers.verify();
            now = now.plus(Duration.ofMinutes(5)).minusSeconds(1);
            assertThat(servers.server(321)).isInstanceOf(Outcome.Done.class);
            now = now.plusSeconds(1);
            assertThat(failed(servers.server(321))).isInstanceOf(PortError.NotFound.class);
            assertThat(robot.calls()).hasSize(2);
        }

        @Test
        void oneThatIsNotInTheListHasItReadOnceMoreAndNotEachTime() {
            robot.then(200, "[]").then(200, SERVERS).then(200, SERVERS);
            servers.verify();
            assertThat(failed(servers.server(321)))
                    .isEqualTo(new PortError.NotFound("the Robot account ci/robot has no server 321"));
            assertThat(robot.calls()).as("it was read just now").hasSize(1);

            now = now.plus(ServerList.MISSED_AGAIN_AFTER);
            assertThat(servers.server(321)).isInstanceOf(Outcome.Done.class);
            assertThat(failed(servers.server(7))).isInstanceOf(PortError.NotFound.class);
            assertThat(robot.calls()).hasSize(2);
        }

        @Test
        void anAccountWithoutServersIsNoError() {
            robot.then(404, error(404, "SERVER_NOT_FOUND"));
            assertThat(servers.verify()).isEqualTo(DONE);
            assertThat(servers.servers()).isEqualTo(Outcome.done(List.of()));
            assertThat(robot.calls()).hasSize(1);
        }

        @Test
        void aReservedPlaceHasNeitherNameNorAddress() {
            robot.then(200, "{\"0\":{\"server\":{\"server_number\":9,\"server_name\":null,\"server_ip\":null}}}");
            assertThat(servers.server(9))
                    .isEqualTo(Outcome.done(new DedicatedServer(9, "", null, "", "", false, false)));
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"server_ip\":null", "\"server_ip\":\"\"", "\"x\":1"})
        void withoutAnIpv4AddressTheFirstOfItsNetworkIsTheirs(String address) {
            robot.then(200, "[" + server(address) + "]");
            assertThat(servers.server(321).map(server -> String.valueOf(server.address())))
                    .isEqualTo(Outcome.done("2001:db8:6::1"));
        }

        @Test
        void oneThatIsRenamedIsReadAnew() {
            robot.then(200, SERVERS).then(200, SERVER).then(200, SERVERS);
            servers.verify();
            assertThat(servers.rename(321, "sm host & co")).isEqualTo(DONE);
            servers.verify();
            assertThat(robot.calls()).containsExactly("GET /server", "POST /server/321", "GET /server");
            assertThat(forms().get(1)).isEqualTo("server_name=sm+host+%26+co");
        }

        @Test
        void aFailedReadingHoldsForAMomentOnly() {
            robot.then(503, "").then(200, SERVERS);
            assertThat(failed(servers.verify())).isInstanceOf(PortError.Transient.class);
            assertThat(failed(servers.verify())).isInstanceOf(PortError.Transient.class);
            assertThat(robot.calls()).hasSize(1);
            now = now.plusSeconds(5);
            assertThat(servers.verify()).isEqualTo(DONE);
        }
    }

    @Nested
    class Rescue {
        @Test
        void whatWasArmedIsTakenBackFirst() {
            robot.then(200, RESCUE_INACTIVE).then(200, RESCUE_ARMED);
            assertThat(servers.armRescue(321, List.of(FINGERPRINT, "00:11"))).isEqualTo(DONE);
            assertThat(robot.calls()).containsExactly("DELETE /boot/321/rescue", "POST /boot/321/rescue");
            assertThat(robot.asked().getLast().headers().get("Content-Type"))
                    .isEqualTo("application/x-www-form-urlencoded");
            assertThat(forms())
                    .containsExactly(
                            "",
                            "os=linux&authorized_key%5B%5D=" + FINGERPRINT.replace(":", "%3A")
                                    + "&authorized_key%5B%5D=00%3A11");
        }

        @Test
        void whatCannotBeTakenBackIsNotArmed() {
            robot.then(500, error(500, "BOOT_DEACTIVATION_FAILED"));
            assertThat(failed(servers.armRescue(321, List.of(FINGERPRINT)))).isInstanceOf(PortError.Transient.class);
            assertThat(robot.calls()).hasSize(1);
        }

        @Test
        void aKeyThatTheAccountDoesNotKnowIsNamed() {
            robot.then(200, RESCUE_INACTIVE).then(400, invalidInput("null", "[\"authorized_key\"]"));
            assertThat(failed(servers.armRescue(321, List.of(FINGERPRINT))))
                    .isInstanceOfSatisfying(
                            PortError.Invalid.class,
                            error -> assertThat(error.field()).isEqualTo("authorized_key"));
        }

        @Test
        void oneThatIsNotActiveAfterAllIsNotTakenForArmed() {
            robot.then(200, RESCUE_INACTIVE).then(200, RESCUE_INACTIVE);
            assertThat(failed(servers.armRescue(321, List.of(FINGERPRINT)))).isInstanceOf(PortError.Transient.class);
        }

        @Test
        void anInstallationThatSomebodyHasOrderedIsLeftAlone() {
            robot.then(200, RESCUE_INACTIVE)
                    .then(409, error(409, "BOOT_ALREADY_ENABLED"))
                    .then(200, "{\"boot\":{\"rescue\":{\"active\":false},\"linux\":{\"active\":true},\"vnc\":null}}");
            assertThat(failed(servers.armRescue(321, List.of(FINGERPRINT))))
                    .isInstanceOfSatisfying(
                            PortError.Invalid.class,
                            error -> assertThat(error.message()).startsWith("server 321 is to boot 'linux' next"));
            assertThat(robot.calls())
                    .containsExactly("DELETE /boot/321/rescue", "POST /boot/321/rescue", "GET /boot/321");
        }

        @Test
        void anotherMayArmItAtTheSameMoment() {
            robot.then(200, RESCUE_INACTIVE)
                    .then(409, error(409, "BOOT_ALREADY_ENABLED"))
                    .then(200, "{\"boot\":{\"rescue\":{\"active\":true},\"linux\":null}}");
            assertThat(failed(servers.armRescue(321, List.of(FINGERPRINT)))).isInstanceOf(PortError.Transient.class);
        }

        @Test
        void aBootUsesItUp() {
            robot.then(200, RESCUE_ARMED).then(200, RESCUE_INACTIVE);
            assertThat(servers.isRescueArmed(321)).isEqualTo(Outcome.done(true));
            assertThat(servers.isRescueArmed(321)).isEqualTo(Outcome.done(false));
        }

        @Test
        void takingItBackTwiceIsDone() {
            robot.then(200, RESCUE_INACTIVE).then(204, "");
            assertThat(servers.disarmRescue(321)).isEqualTo(DONE);
            assertThat(servers.disarmRescue(321)).isEqualTo(DONE);
        }

        @Test
        void theLastBootHasItsHostKeys() {
            robot.then(
                    200,
                    "{\"rescue\":{\"active\":true,\"password\":\"jEt0dvgm7a\",\"boot_time\":\"2026-11-24 12:01:20\","
                            + "\"host_key\":[{\"key\":{\"fingerprint\":\"" + SUM
                            + "\",\"type\":\"ED25519\",\"size\":256}},"
                            + "{\"key\":{\"fingerprint\":\"SHA256:" + SUM + "\"}},"
                            + "{\"key\":{\"fingerprint\":\"" + FINGERPRINT + "\"}},{\"key\":null},7]}}");
            assertThat(servers.lastRescue(321))
                    .isEqualTo(Outcome.done(
                            new RescueBoot(Instant.parse("2026-11-24T11:01:20Z"), Set.of("SHA256:" + SUM))));
            assertThat(robot.calls()).containsExactly("GET /boot/321/rescue/last");
        }

        @ParameterizedTest
        @CsvSource({"null", "'\"\"'", "'\"soon\"'", "'{}'"})
        void oneThatWasNotBootedHasNoTime(String time) {
            robot.then(200, "{\"rescue\":{\"boot_time\":" + time + ",\"host_key\":[]}}");
            assertThat(servers.lastRescue(321)).isEqualTo(Outcome.done(new RescueBoot(null, Set.of())));
        }

        @Test
        void oneThatWasNeverArmedIsNoError() {
            robot.then(404, error(404, "BOOT_NOT_AVAILABLE")).then(404, error(404, "SERVER_NOT_FOUND"));
            assertThat(servers.lastRescue(321)).isEqualTo(Outcome.done(new RescueBoot(null, Set.of())));
            assertThat(failed(servers.lastRescue(7))).isInstanceOf(PortError.NotFound.class);
        }
    }

    @Nested
    class Resets {
        @ParameterizedTest
        @EnumSource(ResetType.class)
        void areAskedForByTheirWords(ResetType type) {
            robot.then(200, "{\"reset\":{\"server_ip\":\"192.0.2.21\",\"type\":\"hw\"}}");
            assertThat(servers.reset(321, type)).isEqualTo(DONE);
            assertThat(robot.calls()).containsExactly("POST /reset/321");
            String word = switch (type) {
                case SOFTWARE -> "sw";
                case HARDWARE -> "hw";
                case POWER -> "power";
                case POWER_LONG -> "power_long";
            };
            assertThat(forms()).containsExactly("type=" + word);
        }

        @Test
        void thereIsNoWordForATechnician() {
            robot.then(
                    200,
                    "{\"reset\":{\"type\":[\"sw\",\"hw\",\"man\",\"new\"],\"operating_status\":\"not supported\"}}");
            assertThat(servers.resetOptions(321))
                    .isEqualTo(Outcome.done(new ResetOptions(Set.of(ResetType.SOFTWARE, ResetType.HARDWARE), null)));
        }

        @ParameterizedTest
        @CsvSource({"running, true", "shut off, false", "Running, true"})
        void sayWhetherTheServerRuns(String status, boolean running) {
            robot.then(200, "{\"reset\":{\"type\":\"hw\",\"operating_status\":\"" + status + "\"}}");
            assertThat(servers.resetOptions(321))
                    .isEqualTo(Outcome.done(new ResetOptions(Set.of(ResetType.HARDWARE), running)));
        }

        @Test
        void aServerThatIsOffIsWoken() {
            robot.then(200, "{\"wol\":{\"server_number\":321}}").then(404, error(404, "WOL_NOT_AVAILABLE"));
            assertThat(servers.wake(321)).isEqualTo(DONE);
            assertThat(failed(servers.wake(322))).isInstanceOf(PortError.Invalid.class);
            assertThat(robot.calls()).containsExactly("POST /wol/321", "POST /wol/322");
            assertThat(forms()).containsOnly("");
        }

        @Test
        void areNeverRepeatedByUs() {
            robot.then(503, "", "Retry-After", "0").then(200, "{\"reset\":{}}");
            assertThat(failed(servers.reset(321, ResetType.HARDWARE))).isInstanceOf(PortError.Transient.class);
            assertThat(robot.calls()).hasSize(1);
        }

        @Test
        void oneWhoseAnswerIsLostMayHaveHappened() throws InterruptedException {
            CountDownLatch never = new CountDownLatch(1);
            try (ScriptedServer silent = new ScriptedServer(never)) {
                RobotServers lost = servers(silent.url(""), "right", 40, Duration.ofMillis(300));
                assertThat(failed(lost.reset(321, ResetType.HARDWARE)))
                        .isInstanceOfSatisfying(
                                PortError.Transient.class,
                                error -> assertThat(error.leavesNothing()).isFalse());
                assertThat(silent.calls()).hasSize(1);
                never.countDown();
            }
        }

        @Test
        void aTypeThatTheServerLacksIsNamed() {
            robot.then(400, invalidInput("null", "[\"type\"]"));
            assertThat(failed(servers.reset(321, ResetType.SOFTWARE)))
                    .isInstanceOfSatisfying(
                            PortError.Invalid.class,
                            error -> assertThat(error.field()).isEqualTo("type"));
        }
    }

    @Nested
    class Keys {
        @Test
        void oneThatIsKnownIsFoundByItsMaterial() {
            robot.then(200, KEY_KNOWN);
            assertThat(servers.ensureKey("shedmaster", KEY + " somebody@example"))
                    .isEqualTo(Outcome.done(FINGERPRINT));
            assertThat(robot.calls()).containsExactly("GET /key/" + FINGERPRINT);
        }

        @Test
        void oneThatIsNewIsSentWithoutItsComment() {
            robot.then(404, error(404, "NOT_FOUND")).then(201, KEY_KNOWN);
            assertThat(servers.ensureKey("shedmaster", KEY + " somebody@example"))
                    .isEqualTo(Outcome.done(FINGERPRINT));
            assertThat(robot.calls()).containsExactly("GET /key/" + FINGERPRINT, "POST /key");
            assertThat(forms().getLast())
                    .startsWith("name=shedmaster&data=ssh-ed25519+AAAAC3")
                    .doesNotContain("somebody");
        }

        @Test
        void anotherMayAddItAtTheSameMoment() {
            robot.then(404, error(404, "NOT_FOUND"))
                    .then(409, error(409, "KEY_ALREADY_EXISTS"))
                    .then(200, KEY_KNOWN);
            assertThat(servers.ensureKey("shedmaster", KEY)).isEqualTo(Outcome.done(FINGERPRINT));
            assertThat(robot.calls())
                    .containsExactly("GET /key/" + FINGERPRINT, "POST /key", "GET /key/" + FINGERPRINT);
        }

        @Test
        void aPageThatSays404IsNoMissingKey() {
            robot.then(404, "<h1>Not Found</h1>");
            assertThat(failed(servers.ensureKey("shedmaster", KEY))).isInstanceOf(PortError.Transient.class);
            assertThat(robot.calls()).hasSize(1);
        }

        @Test
        void whatIsNoneIsNotAskedFor() {
            assertThat(failed(servers.ensureKey("shedmaster", "ssh-ed25519 nonsense")))
                    .isInstanceOfSatisfying(
                            PortError.Invalid.class,
                            error -> assertThat(error.field()).isEqualTo("publicKey"));
            assertThat(robot.calls()).isEmpty();
        }

        @Test
        void removingOneThatIsGoneIsDone() {
            robot.then(200, "").then(404, error(404, "NOT_FOUND"));
            assertThat(servers.removeKey(FINGERPRINT)).isEqualTo(DONE);
            assertThat(servers.removeKey(FINGERPRINT)).isEqualTo(DONE);
            assertThat(robot.calls()).containsOnly("DELETE /key/" + FINGERPRINT);
        }
    }

    @Nested
    class Lockout {
        @Test
        void afterTheFirstRefusalNothingLeaves() {
            robot.then(401, error(401, "UNAUTHORIZED"));
            PortError first = failed(servers.verify());
            assertThat(first).isInstanceOf(PortError.Unauthorized.class);
            now = now.plus(Duration.ofDays(1));
            assertThat(failed(servers.verify())).isEqualTo(first);
            assertThat(failed(servers.reset(321, ResetType.HARDWARE))).isEqualTo(first);
            assertThat(failed(servers.ensureKey("shedmaster", KEY))).isEqualTo(first);
            assertThat(robot.calls()).hasSize(1);
        }

        @Test
        void whatIsKnownIsNoLongerToldToWhomRobotRefuses() {
            robot.then(200, SERVERS).then(401, "");
            servers.verify();
            servers.isRescueArmed(321);
            assertThat(failed(servers.server(321))).isInstanceOf(PortError.Unauthorized.class);
            assertThat(robot.calls()).hasSize(2);
        }

        @Test
        void ofManyWhoCallAtOnceOneIsRefused() throws Exception {
            robot.then(401, error(401, "UNAUTHORIZED"));
            List<Future<Outcome<Boolean>>> calls = new ArrayList<>();
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int number = 0; number < 50; number++) {
                    int server = number;
                    calls.add(callers.submit(() -> servers.isRescueArmed(server)));
                }
            }
            for (Future<Outcome<Boolean>> call : calls) {
                assertThat(failed(call.get())).isInstanceOf(PortError.Unauthorized.class);
            }
            assertThat(robot.calls()).hasSize(1);
        }

        @Test
        void aLoginAfterTwoThatWereRefusedWaits() {
            robot.then(401, "").then(401, "").then(200, SERVERS);
            servers.verify();
            now = now.plus(Duration.ofMinutes(4));
            servers("wrong, too", 40).verify();
            RobotServers third = servers("right at last", 40);
            assertThat(failed(third.verify()))
                    .isInstanceOfSatisfying(
                            PortError.HeldBack.class,
                            error -> assertThat(error.retryAfter()).isEqualTo(Duration.ofMinutes(6)));
            assertThat(robot.calls()).hasSize(2);

            now = now.plus(Duration.ofMinutes(6));
            assertThat(third.verify()).isEqualTo(DONE);
        }

        @Test
        void oneThatWasRefusedBeforeIsNotShownAgain() {
            PortError.Unauthorized before = new PortError.Unauthorized("refused an hour ago");
            assertThat(failed(servers.refusedBefore(before).servers())).isEqualTo(before);
            assertThat(robot.calls()).isEmpty();
        }

        @Test
        void oneThatWasAcceptedGoesOnWhileOthersAreRefused() {
            robot.then(200, SERVERS).then(401, "").then(401, "").then(200, RESCUE_ARMED);
            servers.verify();
            servers("wrong", 40).verify();
            servers("wrong, too", 40).verify();
            assertThat(servers.isRescueArmed(321)).isEqualTo(Outcome.done(true));
        }
    }

    @Nested
    class Limits {
        @ParameterizedTest
        @ValueSource(strings = {"max_request", "max_requests"})
        void aRefusalFreezesThatKindAloneUntilItsIntervalHasPassed(String maximum) {
            robot.then(200, RESCUE_INACTIVE)
                    .then(403, tooMany(maximum, 600))
                    .then(200, "{\"rescue\":{\"active\":true}}")
                    .then(200, "{\"reset\":{}}");
            servers.isRescueArmed(321);
            assertThat(failed(servers.reset(321, ResetType.HARDWARE))).isInstanceOf(PortError.Throttled.class);
            assertThat(failed(servers.reset(322, ResetType.HARDWARE)))
                    .isInstanceOfSatisfying(
                            PortError.Throttled.class,
                            error -> assertThat(error.retryAfter()).isEqualTo(Duration.ofMinutes(10)));
            assertThat(servers.isRescueArmed(321)).isEqualTo(Outcome.done(true));
            assertThat(robot.calls()).hasSize(3);
            assertThat(allowance("POST /reset"))
                    .isEqualTo(new RequestAllowance("POST /reset", 0, 40, now.plus(Duration.ofMinutes(10))));

            now = now.plus(Duration.ofMinutes(10));
            assertThat(servers.reset(321, ResetType.HARDWARE)).isEqualTo(DONE);
            assertThat(allowance("POST /reset")).isEqualTo(new RequestAllowance("POST /reset", 38, 40, null));
        }

        @Test
        void aBareRefusalFreezesForFiveMinutes() {
            robot.then(200, RESCUE_INACTIVE).then(403, "<h1>Forbidden</h1>").then(200, RESCUE_INACTIVE);
            servers.isRescueArmed(321);
            servers.isRescueArmed(321);
            now = now.plus(Duration.ofMinutes(5)).minusMillis(1);
            assertThat(failed(servers.isRescueArmed(321))).isInstanceOf(PortError.Throttled.class);
            now = now.plusMillis(1);
            assertThat(servers.isRescueArmed(321)).isEqualTo(Outcome.done(false));
        }

        @Test
        void resetsThatTheUserDoesNotGrantAreNotAskedFor() {
            RobotServers frugal = servers("right", 2);
            robot.then(200, "{\"reset\":{}}").then(200, "{\"reset\":{}}");
            assertThat(frugal.reset(321, ResetType.HARDWARE)).isEqualTo(DONE);
            assertThat(failed(frugal.reset(321, ResetType.HARDWARE)))
                    .as("half of them are for others")
                    .isInstanceOf(PortError.HeldBack.class);
            assertThat(frugal.reset(322, ResetType.HARDWARE)).isEqualTo(DONE);
            assertThat(failed(frugal.reset(323, ResetType.HARDWARE)))
                    .isInstanceOfSatisfying(PortError.HeldBack.class, error -> {
                        assertThat(error.retryAfter()).isEqualTo(Duration.ofHours(1));
                        assertThat(error.message()).contains("reset server 323", "spec.limits.resetsPerHour");
                    });
            assertThat(robot.calls()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<html>a proxy's page</html>",
                "{",
                "7",
                "null",
                "\"server\"",
                "{\"rescue\":null}",
                "[{\"rescue\":{}}]",
                "[{\"server\":{}}]",
                "[[]]"
            })
    void aSuccessThatIsNotUnderstoodIsNone(String body) {
        robot.then(200, body).then(200, body);
        assertThat(failed(servers.isRescueArmed(321))).isInstanceOf(PortError.Transient.class);
        assertThat(failed(servers.servers())).isInstanceOf(PortError.Transient.class);
    }

    @Test
    void nothingSecretIsTold() {
        assertThat(new RobotAccount("ci/robot", robot.url(""), USER, "a-password", 40).toString())
                .doesNotContain("a-password");
        robot.then(500, RESCUE_ARMED);
        assertThat(failed(servers.isRescueArmed(321)).message()).doesNotContain("jEt0dvgm7a");
    }
}
