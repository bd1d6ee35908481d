package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.lab.agent.AgentProgram;
import dev.shedmaster.lab.robot.SshVisitor.Visit;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.light.LightTimings;
import dev.shedmaster.lab.time.Latency;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** Light hosts on a clock that the test moves, where what is asked for is answered at once. */
final class LightLab implements AutoCloseable {
    static final Duration WRITING = Duration.ofMinutes(2);
    static final Duration BOOT = Duration.ofSeconds(5);
    static final String NAME = "sm-arm-abcdefgh";
    private static final String PROGRAM = "#!/bin/sh\n";

    final LightSystems systems;
    final RobotLab lab;
    final DedicatedServer server;
    private final ObjectMapper json = new ObjectMapper();

    LightLab(AgentProgram agents) throws IOException, GeneralSecurityException {
        LightTimings timings = new LightTimings(
                Duration.ZERO,
                Duration.ofSeconds(5),
                WRITING,
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofSeconds(40),
                Latency.fixed(BOOT),
                Latency.fixed(BOOT),
                Duration.ZERO);
        systems = new LightSystems(LightOptions.of(agents).withTimings(timings));
        lab = RobotLab.start(options -> options.withSystems(systems));
        server = lab.robot.rent(321);
    }

    /** Has the server boot its rescue system. */
    LightLab inRescue() {
        lab.robot.bootRescue(server, List.of(lab.visitor.publicKey()));
        lab.clock.advance(RobotLab.TIMES.toRescue());
        return this;
    }

    /** Has the server boot a system with the operator's program in it. */
    LightLab installed() throws Exception {
        InstalledOs os =
                InstalledOs.fresh("host-1", List.of(lab.visitor.publicKey())).marked("t1 ci/host", "g1");
        lab.robot.bootInstalled(server, os);
        lab.clock.advance(RobotLab.TIMES.toDisk());
        assertThat(install(PROGRAM, sha256(PROGRAM)).status()).isZero();
        return this;
    }

    void post(FaultKind kind) {
        lab.robot.post(Fault.once(kind));
    }

    Visit rescue(String verb, String input) throws IOException {
        return run("sh -c 'the program' shedmaster-rescue " + verb, input.getBytes(StandardCharsets.UTF_8));
    }

    Visit door(String verb) throws IOException {
        return run("sh -c 'the program' shedmaster-door " + verb, new byte[0]);
    }

    /** Begins an installation and lets more time pass than it takes. */
    Visit install() throws IOException {
        return installOf("image of-the-rescue-system\nsha256 00ff");
    }

    Visit installOf(String source) throws IOException {
        String order = """
                owner t1 ci/host
                generation g1
                hostname host-1
                root %s
                scratch %s
                key %s
                """.formatted(disk(0), disk(1), lab.visitor.publicKey().line()) + source + "\n";
        rescue("install", order);
        for (int step = 0; step < 30; step++) {
            lab.clock.advance(Duration.ofSeconds(10));
        }
        return rescue("install", order);
    }

    String disk(int index) {
        return server.disks().get(index).spec().wwn();
    }

    Visit install(String program, String digest) throws IOException {
        return run(
                "sh -c 'the script' install /opt/shedmaster/shedmaster-host " + digest,
                program.getBytes(StandardCharsets.UTF_8));
    }

    Visit host(String arguments) throws IOException {
        return host(arguments, new byte[0]);
    }

    Visit host(String arguments, byte[] input) throws IOException {
        return run("/opt/shedmaster/shedmaster-host " + arguments, input);
    }

    Visit start(OrderTar order) throws IOException {
        return host("start " + NAME, order.bytes());
    }

    JsonNode list() throws IOException {
        Visit list = host("list");
        assertThat(list.status()).as(list.error()).isZero();
        return json.readTree(list.output());
    }

    /** How its hardware does. */
    JsonNode health() throws IOException {
        Visit health = host("health");
        assertThat(health.status()).as(health.error()).isZero();
        return json.readTree(health.output());
    }

    /** The one worker. */
    JsonNode unit() throws IOException {
        JsonNode units = list().path("units");
        assertThat(units).hasSize(1);
        return units.get(0);
    }

    Visit run(String line, byte[] input) throws IOException {
        return lab.visitor.run(lab.address(server), line, input);
    }

    static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        lab.close();
        systems.close();
    }
}
