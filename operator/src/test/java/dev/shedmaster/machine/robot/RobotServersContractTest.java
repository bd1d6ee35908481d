package dev.shedmaster.machine.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.http.ApiClients;
import dev.shedmaster.lab.robot.RobotOptions;
import dev.shedmaster.lab.robot.RobotStandIn;
import dev.shedmaster.lab.robot.call.CallLog;
import dev.shedmaster.lab.robot.call.RobotCall;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.time.ManualClock;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.DedicatedServers.DedicatedServer;
import dev.shedmaster.port.DedicatedServers.RequestAllowance;
import dev.shedmaster.port.DedicatedServers.RescueBoot;
import dev.shedmaster.port.DedicatedServers.ResetType;
import dev.shedmaster.port.DedicatedServersContract;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RobotServersContractTest extends DedicatedServersContract {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0n9kVLAYMr4ytAljOChmEhz++MoN+XeB+OpPK85NBU";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T20:45:00Z"));
    private final RobotStandIn robot = standIn(clock);
    private final ApiClients clients = new ApiClients(new SimpleMeterRegistry());
    private final LoginWatch logins = new LoginWatch(clock);
    private final RobotServers servers = opened(RobotOptions.PASSWORD);

    private static RobotStandIn standIn(ManualClock clock) {
        try {
            return RobotStandIn.start(RobotOptions.of(clock));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        clients.close();
        robot.close();
    }

    private RobotServers opened(String password) {
        return new RobotServers(
                new RobotAccount("ci/robot", robot.url(), RobotOptions.LOGIN, password, 40),
                clients.client(ApiClients.Options.of("robot", Duration.ofSeconds(10))),
                logins,
                clock);
    }

    @Override
    protected DedicatedServers servers() {
        return servers;
    }

    @Override
    protected DedicatedServers withWrongPassword() {
        return opened("wrong");
    }

    @Override
    protected void rent(int number) {
        robot.rent(number);
    }

    @Override
    protected void settle() {
        clock.advance(Duration.ofMinutes(3));
    }

    @Override
    protected void letAnswersAge() {
        clock.advance(ServerList.HOLDS);
    }

    @Override
    protected String publicKey() {
        return KEY;
    }

    @Override
    protected int requests() {
        return robot.calls().entries().size();
    }

    @Override
    protected List<String> costly() {
        return robot.calls().costly().stream().map(CallLog.Entry::toString).toList();
    }

    private long asked(String method, String path) {
        return robot.calls().entries().stream()
                .filter(entry -> entry.method().equals(method) && entry.path().equals(path))
                .count();
    }

    @Test
    void aResetWhoseAnswerIsLostHappensOnce() {
        rent(NUMBER);
        robot.post(Fault.once(FaultKind.LOST_RESPONSE).on(RobotCall.RESET));
        assertThat(failed(servers.reset(NUMBER, ResetType.HARDWARE))).isInstanceOf(PortError.Transient.class);
        assertThat(asked("POST", "/reset/321")).isEqualTo(1);
    }

    @Test
    void aRescueWhoseAnswerIsLostIsArmedAnew() {
        rent(NUMBER);
        String key = done(servers.ensureKey("shedmaster", KEY));
        robot.post(Fault.once(FaultKind.LOST_RESPONSE).on(RobotCall.ARM_RESCUE));
        assertThat(failed(servers.armRescue(NUMBER, List.of(key)))).isInstanceOf(PortError.Transient.class);
        robot.post(Fault.always(FaultKind.BOOT_ALREADY_ENABLED));
        done(servers.armRescue(NUMBER, List.of(key)));
        assertThat(done(servers.isRescueArmed(NUMBER))).isTrue();
    }

    @Test
    void aKeyWhoseAnswerIsLostIsThere() {
        robot.post(Fault.once(FaultKind.LOST_RESPONSE).on(RobotCall.CREATE_KEY));
        assertThat(failed(servers.ensureKey("shedmaster", KEY))).isInstanceOf(PortError.Transient.class);
        done(servers.ensureKey("shedmaster", KEY));
        assertThat(asked("POST", "/key")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "MAINTENANCE"})
    void whatFailsAtRobotMayBeTriedAgain(FaultKind kind) {
        rent(NUMBER);
        robot.post(Fault.once(kind).on(RobotCall.RESET));
        assertThat(failed(servers.reset(NUMBER, ResetType.HARDWARE))).isInstanceOf(PortError.Transient.class);
        done(servers.reset(NUMBER, ResetType.HARDWARE));
    }

    @ParameterizedTest
    @EnumSource(names = {"RATE_LIMITED", "FORBIDDEN_PAGE"})
    void aRefusalForTheirNumberIsHeeded(FaultKind kind) {
        rent(NUMBER);
        done(servers.verify());
        robot.post(Fault.once(kind).on(RobotCall.RESET));
        PortError.Throttled refusal = (PortError.Throttled) failed(servers.reset(NUMBER, ResetType.HARDWARE));
        assertThat(failed(servers.reset(NUMBER, ResetType.HARDWARE))).isInstanceOf(PortError.Throttled.class);
        assertThat(asked("POST", "/reset/321")).isEqualTo(1);

        clock.advance(refusal.retryAfter());
        done(servers.reset(NUMBER, ResetType.HARDWARE));
    }

    @Test
    void theOtherSpellingOfTheLimitIsReadToo() {
        robot.post(Fault.always(FaultKind.PLURAL_MAX_REQUESTS));
        robot.post(Fault.once(FaultKind.RATE_LIMITED));
        assertThat(failed(servers.verify()).message()).contains("it allows 200 in 60 minutes");
    }

    /** Its own count is below Robot's, whichever server asks. */
    @Test
    void robotIsNeverAskedForMoreThanItAllows() {
        List<Integer> numbers = List.of(1, 2, 3);
        numbers.forEach(this::rent);
        for (int round = 0; round < 60; round++) {
            numbers.forEach(number -> servers.reset(number, ResetType.HARDWARE));
            clock.advance(Duration.ofMinutes(5));
        }
        assertThat(robot.calls().entries())
                .noneMatch(entry -> entry.status() == 403)
                .hasSize(180);
        for (int round = 0; round < 60; round++) {
            numbers.forEach(number -> servers.reset(number, ResetType.HARDWARE));
        }
        assertThat(robot.calls().entries()).noneMatch(entry -> entry.status() == 403);
        assertThat(servers.allowances())
                .filteredOn(allowance -> allowance.kind().equals("POST /reset"))
                .extracting(RequestAllowance::left)
                .containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void noNumberOfWrongPasswordsBlocksTheAddress(int attempts) {
        for (int attempt = 0; attempt < attempts; attempt++) {
            opened("wrong " + attempt).verify();
        }
        assertThat(robot.logins().isBlocking()).isFalse();
    }

    @Test
    void aServerWithoutIpv4IsReachedByIpv6() {
        rent(NUMBER);
        robot.post(Fault.always(FaultKind.NO_SERVER_IP));
        assertThat(done(servers.server(NUMBER)).address()).isEqualTo("2001:db8:0:141::1");
    }

    @Test
    void theRescueFlagIsNotGoneBy() {
        rent(NUMBER);
        robot.post(Fault.always(FaultKind.RESCUE_FLAG_FALSE));
        assertThat(bootRescue().hostKeys()).isNotEmpty();
    }

    @Test
    void whatWasNotBootedStaysArmed() {
        rent(NUMBER);
        robot.post(Fault.always(FaultKind.NETBOOT_IGNORED));
        RescueBoot boot = bootRescue();
        assertThat(boot.bootedAt()).isNull();
        assertThat(done(servers.isRescueArmed(NUMBER))).isTrue();
    }

    @Test
    void aResetThatTheServerLacksIsInvalid() {
        rent(NUMBER);
        robot.post(Fault.always(FaultKind.NO_SOFTWARE_RESET));
        assertThat(done(servers.resetOptions(NUMBER)).types()).doesNotContain(ResetType.SOFTWARE);
        assertThat(failed(servers.reset(NUMBER, ResetType.SOFTWARE)))
                .isInstanceOfSatisfying(
                        PortError.Invalid.class,
                        error -> assertThat(error.field()).isEqualTo("type"));
        robot.post(Fault.always(FaultKind.RESET_NOT_AVAILABLE));
        assertThat(failed(servers.reset(NUMBER, ResetType.HARDWARE))).isInstanceOf(PortError.Invalid.class);
    }

    @Test
    void aBootThatHappensIsTimedAsTheClockHasIt() {
        rent(NUMBER);
        Instant before = clock.instant();
        assertThat(bootRescue().bootedAt()).isBetween(before, clock.instant());
    }

    @Test
    void theNetworkIsTold() {
        rent(NUMBER);
        RobotNetwork network = servers.network();
        String address = String.valueOf(done(servers.server(NUMBER)).address());
        assertThat(done(network.addresses()))
                .extracting(RobotNetwork.Address::ip)
                .containsExactly(address);
        assertThat(done(network.pointer(address))).isEmpty();
        assertThat(done(network.failovers())).isEmpty();
        assertThat(done(network.firewall(NUMBER)).isInProcess()).isFalse();
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        assertThat(done(network.traffic(List.of(address), today.minusDays(2), today)))
                .isEmpty();
    }

    @Test
    void theServersOfAnAccountAreReadOnceForAllThatAskAtOnce() {
        rent(NUMBER);
        for (int look = 0; look < 10; look++) {
            assertThat(done(servers.server(NUMBER)))
                    .extracting(DedicatedServer::number)
                    .isEqualTo(NUMBER);
        }
        assertThat(asked("GET", "/server")).isEqualTo(1);
    }
}
