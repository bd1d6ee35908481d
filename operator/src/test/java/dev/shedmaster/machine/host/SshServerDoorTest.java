package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.port.ServerDoor;
import dev.shedmaster.ssh.ScriptedServer;
import dev.shedmaster.ssh.ScriptedServer.Answer;
import dev.shedmaster.ssh.ScriptedServer.Says;
import dev.shedmaster.ssh.SshConnections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made of whoever answers at a server's address. The program itself runs here as well; it reboots nothing. */
class SshServerDoorTest {
    private static final String NOBODYS_KEY = "SHA256:" + "A".repeat(43);

    private final AtomicReference<Answer> answer = new AtomicReference<>(Says.ok(""));
    private final ScriptedServer server = new ScriptedServer(call -> answer.get());
    private final SshConnections connections = new SshConnections(() -> Instant.EPOCH, new SimpleMeterRegistry());
    private final ServerDoor door = new SshServerDoor(connections.to(server.asServer()));

    @AfterEach
    void close() {
        door.close();
        connections.close();
        server.close();
    }

    @Test
    void aSystemIsKnownByItsNameAndItsMark() {
        answer.set(Says.ok("b-1\nrescue\n\n"));
        assertThat(door.look()).isEqualTo(new Shell.InRescue("b-1"));
        answer.set(Says.ok("b-2\nrx220-1\ng1\n"));
        assertThat(door.look()).isEqualTo(new Shell.InSystem("b-2", "g1"));
        answer.set(Says.ok("b-2\nrx220-1\n\n"));
        assertThat(door.look()).isEqualTo(new Shell.InSystem("b-2", ""));
        assertThat(server.calls.getLast().line()).endsWith(" shedmaster-door look");
    }

    @Test
    void whoDoesNotSayWhoItIsSaysNothing() {
        answer.set(Says.ok("b-1\n"));
        assertThat(door.look()).isEqualTo(new Shell.Silent("its shell does not say who it is (status 0)"));
        answer.set(new Says(127, "", "sh: not found"));
        assertThat(door.look()).isEqualTo(new Shell.Silent("its shell does not say who it is: sh: not found"));
        answer.set(new ScriptedServer.Drops());
        assertThat(door.look()).isInstanceOf(Shell.Silent.class);
    }

    @Test
    void toAStrangerNothingIsSaid() {
        try (ServerDoor other = new SshServerDoor(connections.to(server.asServer(Set.of(NOBODYS_KEY))))) {
            assertThat(other.look()).isEqualTo(new Shell.Stranger(server.fingerprint()));
        }
        assertThat(server.calls).isEmpty();
    }

    @Test
    void onlyThatBootIsEnded() {
        assertThat(door.reboot("b-1")).isEqualTo(Outcome.done(Nothing.NOTHING));
        assertThat(server.calls.getLast().line()).endsWith(" shedmaster-door reboot b-1");
        answer.set(new Says(5, "", "it is in another boot by now"));
        assertThat(door.reboot("b-1"))
                .isEqualTo(Outcome.failed(new PortError.NotFound("it is in another boot by now")));
        answer.set(new Says(1, "", "no"));
        assertThat(door.reboot("b-1")).isEqualTo(Outcome.failed(new PortError.Transient("no")));
    }

    @Test
    void theProgramSaysWhoThisMachineIsAndLeavesAnotherBootAlone() throws Exception {
        assertThat(ran("look").lines().limit(2))
                .containsExactly(
                        Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                                .strip(),
                        ranAlone("uname", "-n"));
        assertThat(ran("reboot", "another")).isEqualTo("it is in another boot by now\nended 5\n");
        assertThat(ran("open")).isEqualTo("'open' is nothing that can be done: look or reboot\nended 3\n");
    }

    private static String ran(String... arguments) throws IOException, InterruptedException {
        String program = Chapters.joined("door", List.of("door"));
        List<String> command = new ArrayList<>(List.of("sh", "-c", program, "shedmaster-door"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return status == 0 ? output : output + "ended " + status + "\n";
    }

    private static String ranAlone(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
