package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.Disk;
import dev.shedmaster.core.host.Hardware;
import dev.shedmaster.core.host.Trouble;
import dev.shedmaster.core.host.TroubleKind;
import dev.shedmaster.port.Installation;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.port.RescueSystem;
import dev.shedmaster.port.RescueSystem.Progress;
import dev.shedmaster.port.RescueSystem.RescueReport;
import dev.shedmaster.ssh.ScriptedServer;
import dev.shedmaster.ssh.ScriptedServer.Answer;
import dev.shedmaster.ssh.ScriptedServer.Says;
import dev.shedmaster.ssh.SshConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of a rescue system's answers. What its program does is tried in {@link RescueProgramTest}. */
class SshRescueSystemTest {
    private static final Installation ORDER = new Installation(
            "t1 ci/rx220-1",
            "g1",
            "rx220-1",
            new Installation.Raw("https://images.example.org/host.raw.zst", "00ff"),
            "eui.01",
            "eui.02",
            "ssh-ed25519 AAAA operator");

    private final AtomicReference<Answer> answer = new AtomicReference<>(Says.ok(""));
    private final ScriptedServer server = new ScriptedServer(call -> answer.get());
    private final SshConnections connections = new SshConnections(() -> Instant.EPOCH, new SimpleMeterRegistry());
    private final RescueSystem rescue = new SshRescueSystem(connections.to(server.asServer()));

    @AfterEach
    void close() {
        rescue.close();
        connections.close();
        server.close();
    }

    @Test
    void aDocumentBecomesHardware() {
        answer.set(Says.ok("""
                {"bootId":"b-1","hostname":"rescue","architecture":"aarch64","cpus":80,"memoryBytes":270582939648,"disks":[
                {"device":"/dev/nvme0n1","wwn":"eui.01","serial":"S1","bytes":960197124096,"owner":"",
                "health":null},{"device":"/dev/sda","wwn":"","serial":"","bytes":1,"owner":"","health":null}]}
                """));

        assertThat(rescue.inspect())
                .isEqualTo(Outcome.done(new RescueReport(
                        "b-1",
                        "rescue",
                        new Hardware(
                                "arm64",
                                80,
                                270582939648L,
                                List.of(
                                        new Disk("/dev/nvme0n1", "eui.01", "S1", 960197124096L, "", List.of()),
                                        new Disk("/dev/sda", "", "", 1, "", List.of()))))));
        assertThat(server.calls.getFirst().line()).endsWith(" shedmaster-rescue inspect");
    }

    @Test
    void aDiskSaysWhatAilsIt() {
        answer.set(Says.ok("""
                {"bootId":"b-1","hostname":"rescue","architecture":"x86_64","cpus":8,"memoryBytes":1,"disks":[
                {"device":"/dev/a","wwn":"","serial":"","bytes":1,"owner":"t2 ci/other","health":{"smart_status":{"passed":false},
                "nvme_smart_health_information_log":{"available_spare":3,"available_spare_threshold":10,"percentage_used":104}}},
                {"device":"/dev/b","wwn":"","serial":"","bytes":1,"owner":"","health":{"smart_status":{"passed":true},
                "nvme_smart_health_information_log":{"available_spare":10,"available_spare_threshold":10,"percentage_used":99,
                "temperature":81}}},
                {"device":"/dev/c","wwn":"","serial":"","bytes":1,"owner":"","health":null}]}
                """));

        assertThat(rescue.examine()).isInstanceOfSatisfying(Outcome.Done.class, done -> {
            RescueReport report = (RescueReport) done.value();
            assertThat(report.hardware().architecture()).isEqualTo("amd64");
            assertThat(report.hardware().disks())
                    .containsExactly(
                            new Disk(
                                    "/dev/a",
                                    "",
                                    "",
                                    1,
                                    "t2 ci/other",
                                    List.of(
                                            "its self-assessment is that it fails",
                                            "it has 3 % of its spare blocks left",
                                            "it is worn out: 104 % of its life are used")),
                            new Disk("/dev/b", "", "", 1, "", List.of()),
                            new Disk("/dev/c", "", "", 1, "", List.of()));
        });
    }

    @Test
    void anOrderIsOneFactALine() {
        answer.set(Says.ok("going writing\n"));

        assertThat(rescue.install(ORDER)).isEqualTo(Outcome.done(new Progress.Going("writing")));
        assertThat(server.calls.getFirst().input()).isEqualTo("""
                owner t1 ci/rx220-1
                generation g1
                hostname rx220-1
                root eui.01
                scratch eui.02
                key ssh-ed25519 AAAA operator
                kind raw
                image https://images.example.org/host.raw.zst
                sha256 00ff
                """);
    }

    @Test
    void whatCannotBeWrittenDownIsNotSent() {
        Installation order =
                new Installation("o", "g", "h", new Installation.Raw("https://x/\nkey evil", "00"), "d", "", "k");

        assertThat(rescue.install(order))
                .isEqualTo(Outcome.failed(new PortError.Invalid("image", "image must be one line of plain text")));
        assertThat(server.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, INSTALL_FAILED",
        "7, IMAGE_UNREACHABLE",
        "8, IMAGE_UNUSABLE",
        "9, DISK_BROKEN",
    })
    void workThatHasFailedSaysWhy(int status, TroubleKind kind) {
        answer.set(new Says(status, "", "it went wrong"));

        assertThat(rescue.install(ORDER))
                .isEqualTo(Outcome.done(new Progress.Failed(new Trouble(kind, "it went wrong"))));
        assertThat(rescue.wipe()).isEqualTo(Outcome.done(new Progress.Failed(new Trouble(kind, "it went wrong"))));
    }

    @Test
    void whatWasNotEvenStartedIsAnError() {
        answer.set(new Says(3, "", "no disk is called x"));
        assertThat(rescue.install(ORDER))
                .isEqualTo(Outcome.failed(new PortError.Invalid("order", "no disk is called x")));
        answer.set(new Says(5, "", "nothing was installed in this boot"));
        assertThat(rescue.hostKeys())
                .isEqualTo(Outcome.failed(new PortError.NotFound("nothing was installed in this boot")));
        answer.set(new Says(127, "", ""));
        assertThat(rescue.wipe())
                .isEqualTo(Outcome.failed(new PortError.Transient("the rescue system's shell failed with status 127")));
        answer.set(Says.ok("nonsense"));
        assertThat(rescue.inspect())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error()).isInstanceOf(PortError.Transient.class));
    }

    @Test
    void theEndIsTheEnd() {
        answer.set(Says.ok("done\n"));
        assertThat(rescue.wipe()).isEqualTo(Outcome.done(new Progress.Done()));
        answer.set(Says.ok("ssh-ed25519 AAAA\n\nssh-rsa BBBB\n"));
        assertThat(rescue.hostKeys()).isEqualTo(Outcome.done(List.of("ssh-ed25519 AAAA", "ssh-rsa BBBB")));
        assertThat(server.calls.getLast().line()).endsWith(" shedmaster-rescue keys");
    }
}
