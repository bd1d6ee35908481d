package dev.shedmaster.machine.robot;

import static dev.shedmaster.machine.robot.RobotAnswers.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.http.ApiClients;
import dev.shedmaster.http.ScriptedServer;
import dev.shedmaster.machine.robot.RobotNetwork.Address;
import dev.shedmaster.machine.robot.RobotNetwork.Failover;
import dev.shedmaster.machine.robot.RobotNetwork.Firewall;
import dev.shedmaster.machine.robot.RobotNetwork.Traffic;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RobotNetworkTest {
    private final ScriptedServer robot = new ScriptedServer();
    private final ApiClients clients = new ApiClients(new SimpleMeterRegistry());
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));
    private final RobotNetwork network = new RobotServers(
                    new RobotAccount("ci/robot", robot.url(""), "#ws+abc", "right", 40),
                    clients.client(ApiClients.Options.of("robot", Duration.ofSeconds(10))),
                    new LoginWatch(clock),
                    clock)
            .network();

    @AfterEach
    void stop() {
        clients.close();
        robot.close();
    }

    @Test
    void addressesAreListed() {
        robot.then(
                200,
                "[{\"ip\":{\"ip\":\"192.0.2.21\",\"server_ip\":\"192.0.2.21\",\"server_number\":321,\"locked\":false,"
                        + "\"separate_mac\":null}},{\"ip\":{\"ip\":\"192.0.2.22\",\"server_number\":321,\"locked\":true,"
                        + "\"separate_mac\":\"00:21:85:62:3e:9c\"}}]");
        assertThat(network.addresses())
                .isEqualTo(Outcome.done(List.of(
                        new Address("192.0.2.21", 321, false, null),
                        new Address("192.0.2.22", 321, true, "00:21:85:62:3e:9c"))));
        assertThat(robot.calls()).containsExactly("GET /ip");
    }

    @Test
    void failoversAreListed() {
        robot.then(
                200,
                "[{\"failover\":{\"ip\":\"192.0.2.99\",\"netmask\":\"255.255.255.255\",\"server_number\":321,"
                        + "\"active_server_ip\":null}}]");
        assertThat(network.failovers()).isEqualTo(Outcome.done(List.of(new Failover("192.0.2.99", 321, null))));
    }

    @Test
    void whatThereIsNoneOfIsNoError() {
        robot.then(404, error(404, "NOT_FOUND")).then(404, error(404, "NOT_FOUND"));
        assertThat(network.addresses()).isEqualTo(Outcome.done(List.of()));
        assertThat(network.failovers()).isEqualTo(Outcome.done(List.of()));
    }

    @Test
    void anAddressHasANameOrNone() {
        robot.then(200, "{\"rdns\":{\"ip\":\"192.0.2.21\",\"ptr\":\"a.example.org\"}}")
                .then(200, "{\"rdns\":{\"ip\":\"192.0.2.21\",\"ptr\":null}}")
                .then(404, error(404, "RDNS_NOT_FOUND"))
                .then(404, error(404, "IP_NOT_FOUND"));
        assertThat(network.pointer("192.0.2.21")).isEqualTo(Outcome.done(Optional.of("a.example.org")));
        assertThat(network.pointer("192.0.2.21")).isEqualTo(Outcome.done(Optional.empty()));
        assertThat(network.pointer("192.0.2.21")).isEqualTo(Outcome.done(Optional.empty()));
        assertThat(network.pointer("192.0.2.21") instanceof Outcome.Failed<Optional<String>>(PortError.NotFound none))
                .isTrue();
        assertThat(robot.calls()).containsOnly("GET /rdns/192.0.2.21");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../key", "a.example.org"})
    void whatIsNoAddressIsNotAskedFor(String ip) {
        assertThat(network.pointer(ip) instanceof Outcome.Failed<Optional<String>>(PortError.Invalid none))
                .isTrue();
        assertThat(robot.calls()).isEmpty();
    }

    @Test
    void trafficIsToldByAddress() {
        robot.then(
                        200,
                        "{\"traffic\":{\"type\":\"month\",\"data\":{\"192.0.2.21\":{\"in\":0.2874,\"out\":\"0.1\",\"sum\":0.3874},"
                                + "\"2001:db8:6::/64\":{\"in\":1,\"out\":null}}}}")
                .then(200, "{\"traffic\":{\"data\":[]}}");
        List<String> addresses = List.of("192.0.2.21", "192.0.2.22");
        LocalDate day = LocalDate.of(2026, 11, 24);
        assertThat(network.traffic(addresses, day.minusDays(1), day))
                .isEqualTo(Outcome.done(Map.of(
                        "192.0.2.21",
                        new Traffic(new BigDecimal("0.2874"), new BigDecimal("0.1"), new BigDecimal("0.3874")),
                        "2001:db8:6::/64",
                        new Traffic(BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO))));
        assertThat(network.traffic(addresses, day, day)).isEqualTo(Outcome.done(Map.of()));
        assertThat(robot.asked().getFirst().toString()).isEqualTo("POST /traffic");
        assertThat(robot.asked().getFirst().body())
                .isEqualTo("type=month&from=2026-11-23&to=2026-11-24&ip%5B%5D=192.0.2.21&ip%5B%5D=192.0.2.22");
    }

    /** Lists come as lists or as objects with numbers for keys. */
    @ParameterizedTest
    @ValueSource(strings = {"[%s]", "{\"0\":%s}"})
    void aFirewallHasItsRules(String list) {
        String rule =
                "{\"name\":\"ssh\",\"ip_version\":\"ipv4\",\"dst_port\":\"22\",\"src_ip\":null,\"action\":\"accept\"}";
        robot.then(
                200,
                "{\"firewall\":{\"status\":\"in process\",\"port\":\"main\",\"rules\":{\"input\":"
                        + list.formatted(rule) + ",\"output\":[]}}}");
        assertThat(network.firewall(321))
                .isEqualTo(Outcome.done(new Firewall(
                        false,
                        true,
                        List.of(Map.of("name", "ssh", "ip_version", "ipv4", "dst_port", "22", "action", "accept")),
                        List.of())));
        assertThat(robot.calls()).containsExactly("GET /firewall/321");
    }
}
