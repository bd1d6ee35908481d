package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.ServerTimings;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.lab.time.ManualClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A stand-in on a clock that the test moves, with a client and a visitor. */
final class RobotLab implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-24T20:45:00Z");
    static final ServerTimings TIMES = ServerTimings.realistic();

    final ManualClock clock = new ManualClock(START);
    final RobotStandIn robot;
    final RobotClient client;
    final SshVisitor visitor;

    private RobotLab(UnaryOperator<RobotOptions> change) throws IOException, GeneralSecurityException {
        robot = RobotStandIn.start(change.apply(RobotOptions.of(clock)));
        client = new RobotClient(robot.url());
        visitor = new SshVisitor();
    }

    static RobotLab start() throws IOException, GeneralSecurityException {
        return new RobotLab(options -> options);
    }

    static RobotLab start(UnaryOperator<RobotOptions> change) throws IOException, GeneralSecurityException {
        return new RobotLab(change);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Gives the account the visitor's key; its fingerprint. */
    String knowVisitor() throws IOException, InterruptedException {
        String form = "name=visitor&data=" + encoded(visitor.publicKey().line());
        JsonNode key = client.post("/key", form).json().path("key");
        return key.path("fingerprint").asText();
    }

    /** Arms the rescue system for the visitor, whose key the account knows. */
    void arm(DedicatedServer server) throws IOException, InterruptedException {
        String form = "os=linux&authorized_key[]=" + encoded(visitor.publicKey().md5());
        assertThat(client.post("/boot/" + server.number() + "/rescue", form).status())
                .isEqualTo(200);
    }

    /** Has a new server boot the rescue system for the visitor. */
    DedicatedServer inRescue(int number) throws IOException, InterruptedException {
        DedicatedServer server = robot.rent(number);
        knowVisitor();
        arm(server);
        clock.advance(TIMES.toRescue());
        return server;
    }

    void reset(DedicatedServer server, String type) throws IOException, InterruptedException {
        assertThat(client.post("/reset/" + server.number(), "type=" + type).status())
                .isEqualTo(200);
    }

    JsonNode lastRescue(DedicatedServer server) throws IOException, InterruptedException {
        return client.get("/boot/" + server.number() + "/rescue/last").json().path("rescue");
    }

    /** Where the server's SSH is now. */
    InetSocketAddress address(DedicatedServer server) {
        SshDoor door = server.power()
                .door()
                .orElseThrow(() -> new AssertionError("Nothing listens at server " + server.number() + ", which is "
                        + server.power().phase()));
        return new InetSocketAddress(door.address(), door.port());
    }

    String ask(DedicatedServer server, String command) throws IOException {
        return visitor.run(address(server), command).output().strip();
    }

    @Override
    public void close() {
        visitor.close();
        client.close();
        robot.close();
    }
}
