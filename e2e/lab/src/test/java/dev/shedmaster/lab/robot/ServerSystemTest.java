package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.robot.SshVisitor.Visit;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.DedicatedServer;
import dev.shedmaster.lab.robot.estate.Phase;
import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.CommandCall;
import dev.shedmaster.lab.robot.system.CommandResult;
import dev.shedmaster.lab.robot.system.CommandTable;
import dev.shedmaster.lab.robot.system.ServerSystem;
import dev.shedmaster.lab.robot.system.SystemFoundry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Systems of a test's own: what a command may do, and what a system may do to its server. */
class ServerSystemTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<BootedServer> boots = new CopyOnWriteArrayList<>();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private RobotLab lab;
    private DedicatedServer server;

    @BeforeEach
    void start() throws Exception {
        lab = RobotLab.start(options -> options.withSystems(new SystemFoundry() {
            @Override
            public ServerSystem rescue(BootedServer booted) {
                boots.add(booted);
                return CommandTable.empty()
                        .program("sleep", ServerSystemTest.this::sleep)
                        .program("wc", ServerSystemTest::count)
                        .line("wc --help", _ -> CommandResult.succeeded("counts\n"))
                        .line("fail", _ -> {
                            throw new IllegalStateException("broken");
                        })
                        .line("both", _ -> new CommandResult("out\n", "err\n", 3, Duration.ZERO));
            }

            @Override
            public ServerSystem installed(BootedServer booted, InstalledOs os) {
                return SystemFoundry.usual().installed(booted, os);
            }
        }));
        server = lab.inRescue(321);
    }

    @AfterEach
    void stop() {
        lab.close();
    }

    private CommandResult sleep(CommandCall call) {
        begun.add(call.line());
        return CommandResult.succeeded("slept\n").after(Duration.ofMinutes(5));
    }

    private static CommandResult count(CommandCall call) {
        try {
            return CommandResult.succeeded(call.input().readAllBytes().length + "\n");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void aCommandTakesTheLabsTime() throws Exception {
        try (ClientSession session = lab.visitor.enter("root", lab.address(server));
                ChannelExec slow = session.createExecChannel("sleep 300")) {
            slow.open().verify(PATIENCE);
            assertThat(lab.visitor.run(lab.address(server), "wc --help").output())
                    .as("others need not wait")
                    .isEqualTo("counts\n");
            Awaitility.await().until(() -> begun.equals(List.of("sleep 300")));
            lab.clock.advance(Duration.ofMinutes(5).minusMillis(1));
            assertThat(slow.isClosed()).isFalse();
            // The command plans its end after it has begun, perhaps only now.
            Awaitility.await().until(() -> {
                lab.clock.advance(Duration.ofSeconds(1));
                return slow.isClosed();
            });
            assertThat(slow.getExitStatus()).isZero();
        }
    }

    @Test
    void aCommandReadsAllThatIsSentToIt() throws Exception {
        byte[] much = new byte[5_000_000];
        try (ClientSession session = lab.visitor.enter("root", lab.address(server));
                ChannelExec count = session.createExecChannel("wc -c");
                ByteArrayOutputStream output = new ByteArrayOutputStream()) {
            count.setIn(new ByteArrayInputStream(much));
            count.setOut(output);
            count.open().verify(PATIENCE);
            count.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            assertThat(output).hasToString("5000000\n");
        }
    }

    @Test
    void outputErrorAndStatusArriveApart() throws Exception {
        Visit both = lab.visitor.run(lab.address(server), "both");
        assertThat(both.output()).isEqualTo("out\n");
        assertThat(both.error()).isEqualTo("err\n");
        assertThat(both.status()).isEqualTo(3);
        Visit defect = lab.visitor.run(lab.address(server), "fail");
        assertThat(defect.status()).isEqualTo(254);
        assertThat(defect.error()).contains("A defect of the lab", "broken");
    }

    @Test
    void aSystemWritesTheDiskThatIsBootedNext() throws Exception {
        BootedServer booted = boots.getFirst();
        assertThat(booted.disk()).isEmpty();
        InstalledOs os = InstalledOs.fresh("host-1", List.of(lab.visitor.publicKey()));
        booted.install(os);
        assertThat(booted.disk()).contains(os);
        booted.reboot();
        lab.clock.advance(RobotLab.TIMES.shutdown().plus(RobotLab.TIMES.toDisk()));
        assertThat(lab.ask(server, "hostname")).isEqualTo("host-1");
        booted.wipe();
        assertThat(server.disk()).isEmpty();
    }

    @Test
    void aSystemOfAnEarlierBootCannotReboot() throws Exception {
        lab.arm(server);
        lab.reset(server, "hw");
        lab.clock.advance(RobotLab.TIMES.toRescue());
        assertThat(boots).hasSize(2);
        boots.getFirst().reboot();
        assertThat(server.power().phase()).isEqualTo(Phase.RESCUE);
        boots.getLast().reboot();
        assertThat(server.power().phase()).isEqualTo(Phase.SHUTTING_DOWN);
    }
}
