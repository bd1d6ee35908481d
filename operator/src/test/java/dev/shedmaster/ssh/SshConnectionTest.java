package dev.shedmaster.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.ssh.ScriptedServer.Answer;
import dev.shedmaster.ssh.ScriptedServer.Babbles;
import dev.shedmaster.ssh.ScriptedServer.Drops;
import dev.shedmaster.ssh.ScriptedServer.Says;
import dev.shedmaster.ssh.ScriptedServer.Waits;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SshConnectionTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
    private final AtomicReference<Answer> answer = new AtomicReference<>(Says.ok("fine\n"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScriptedServer server = new ScriptedServer(call -> answer.get());
    private final SshConnections connections = new SshConnections(now::get, meters);

    @AfterEach
    void stop() {
        connections.close();
        server.close();
    }

    @Test
    void aCommandArrivesInItsWordsAndItsAnswerComesBack() {
        answer.set(new Says(3, "out\n", "no such thing\n"));
        try (SshConnection connection = connections.to(server.asServer())) {
            SshResult result = connection.run(new SshCommand(
                    "start", List.of("start", "it's here"), bytes("data"), Duration.ofSeconds(20), 1000));

            assertThat(result).isInstanceOfSatisfying(SshResult.Ended.class, ended -> {
                assertThat(ended.status()).isEqualTo(3);
                assertThat(ended.output()).isEqualTo("out\n");
                assertThat(ended.complaint()).isEqualTo("no such thing");
            });
            assertThat(server.calls).singleElement().satisfies(call -> {
                assertThat(call.line()).isEqualTo("start 'it'\\''s here'");
                assertThat(call.input()).isEqualTo("data");
            });
            assertThat(meters.get("shedmaster.ssh.commands")
                            .tags("operation", "start", "result", "3")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void manyCommandsShareOneConnection() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        answer.set(new Waits(end));
        try (SshConnection connection = connections.to(server.asServer());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SshResult>> results = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                results.add(callers.submit(() -> connection.run(list())));
            }
            // As many as OpenSSH lets through, less two for whoever else uses the connection; the others wait.
            await().untilAsserted(() -> assertThat(server.calls).hasSize(8));
            end.countDown();
            for (Future<SshResult> result : results) {
                assertThat(result.get()).isInstanceOf(SshResult.Ended.class);
            }
            assertThat(server.calls).hasSize(12);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    /** An operator that starts connects to all hosts at once: with this one it is let in by none in time. */
    @Test
    void theKeyExchangeThatIsSlowInJavaIsOnlyTakenWhereThereIsNoOther() {
        try (SshConnection connection = connections.to(server.asServer())) {
            assertThat(connection.run(list())).isInstanceOf(SshResult.Ended.class);
            assertThat(server.keyExchanges())
                    .singleElement(InstanceOfAssertFactories.STRING)
                    .doesNotStartWith("sntrup761");
        }
    }

    @Test
    void aPublicKeyIsAsGoodAPinAsAFingerprint() {
        try (SshConnection connection = connections.to(server.asServer(Set.of(server.publicKey() + " some comment")))) {
            assertThat(connection.run(list())).isInstanceOf(SshResult.Ended.class);
        }
    }

    @Test
    void anotherHostKeyIsRefusedBeforeAnythingIsSaid() {
        SshServer known = server.asServer();
        String expected = server.fingerprint();
        server.changeHostKey();
        try (SshConnection connection = connections.to(known)) {
            SshResult result = connection.run(list());

            assertThat(result).isInstanceOfSatisfying(SshResult.HostKeyChanged.class, changed -> {
                assertThat(changed.seen()).isEqualTo(server.fingerprint());
                assertThat(changed.expected()).containsExactly(expected);
                assertThat(changed.hadNoEffect()).isTrue();
                assertThat(changed.message()).contains(expected, server.fingerprint(), "hostKeys");
            });
            assertThat(server.calls).isEmpty();
        }
    }

    @Test
    void aConnectionIsMadeAnewUnderTheSamePin() {
        try (SshConnection connection = connections.to(server.asServer())) {
            assertThat(connection.run(list())).isInstanceOf(SshResult.Ended.class);
            server.stop();
            await().untilAsserted(() -> assertThat(connection.run(list())).isInstanceOf(SshResult.Refused.class));
            server.start();
            await().untilAsserted(() -> assertThat(connection.run(list())).isInstanceOf(SshResult.Ended.class));
        }
    }

    @Test
    void aServerThatComesBackWithAnotherKeyIsNotTalkedTo() {
        try (SshConnection connection = connections.to(server.asServer())) {
            assertThat(connection.run(list())).isInstanceOf(SshResult.Ended.class);
            server.changeHostKey();
            await().untilAsserted(
                            () -> assertThat(connection.run(list())).isInstanceOf(SshResult.HostKeyChanged.class));
            assertThat(server.calls).hasSize(1);
        }
    }

    @Test
    void whoIsTurnedAwayDoesNotKnockAgainForAWhile() {
        server.forgetTheClient();
        try (SshConnection connection = connections.to(server.asServer())) {
            assertThat(connection.run(list())).isInstanceOf(SshResult.KeyRejected.class);
            server.rememberTheClient();
            assertThat(connection.run(list())).isInstanceOf(SshResult.KeyRejected.class);
            now.updateAndGet(time -> time.plus(Duration.ofMinutes(5)));
            assertThat(connection.run(list())).isInstanceOf(SshResult.Ended.class);
        }
    }

    @Test
    void nobodyListensThere() throws IOException {
        SshServer nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = at(free.getLocalPort());
        }
        try (SshConnection connection = connections.to(nobody)) {
            assertThat(connection.run(list()))
                    .isInstanceOfSatisfying(
                            SshResult.Refused.class,
                            refused -> assertThat(refused.hadNoEffect()).isTrue());
        }
    }

    @Test
    void anAddressThatDoesNotExistCannotBeReached() {
        SshServer known = server.asServer();
        SshServer nowhere = new SshServer("no-such-host.invalid", 22, "root", known.hostKeys(), known.identity());
        try (SshConnection connection = connections.to(nowhere)) {
            assertThat(connection.run(list())).isInstanceOf(SshResult.Unreachable.class);
        }
    }

    @Test
    void aCommandThatDoesNotEndIsGivenUp() {
        CountDownLatch end = new CountDownLatch(1);
        answer.set(new Waits(end));
        try (SshConnection connection = connections.to(server.asServer())) {
            SshResult result = connection.run(new SshCommand("list", List.of("list"), Duration.ofMillis(500), 1000));
            assertThat(result)
                    .isInstanceOfSatisfying(
                            SshResult.TimedOut.class,
                            late -> assertThat(late.hadNoEffect()).isFalse());

            // The connection is as good as before.
            answer.set(Says.ok(""));
            assertThat(connection.run(list())).isInstanceOf(SshResult.Ended.class);
            assertThat(server.connections()).isEqualTo(1);
        } finally {
            end.countDown();
        }
    }

    @Test
    void aCommandThatPrintsWithoutAnEndIsGivenUp() {
        answer.set(new Babbles());
        try (SshConnection connection = connections.to(server.asServer())) {
            assertThat(connection.run(list())).isInstanceOf(SshResult.OutputTooLong.class);
        }
    }

    @Test
    void aComplaintIsCutOffAndNoFailure() {
        answer.set(new Says(1, "", "x".repeat(20_000)));
        try (SshConnection connection = connections.to(server.asServer())) {
            assertThat(connection.run(list()))
                    .isInstanceOfSatisfying(
                            SshResult.Ended.class,
                            ended -> assertThat(ended.complaint()).hasSize(8 * 1024));
        }
    }

    @Test
    void aConnectionThatBreaksInACommandLeavesItsEndUnknown() {
        answer.set(new Drops());
        try (SshConnection connection = connections.to(server.asServer())) {
            assertThat(connection.run(list()))
                    .isInstanceOfSatisfying(
                            SshResult.Broken.class,
                            broken -> assertThat(broken.hadNoEffect()).isFalse());
        }
    }

    @Test
    void whatCannotBeReadIsSaidAtOnce() {
        assertThatThrownBy(() -> connections.to(server.asServer(Set.of("MD5:aa:bb"))))
                .hasMessageContaining("MD5:aa:bb")
                .hasMessageContaining("SHA256:");
        assertThatThrownBy(() -> server.asServer(Set.of())).hasMessageContaining("hostKeys");
        assertThatThrownBy(() -> SshIdentity.of("-----BEGIN OPENSSH PRIVATE KEY-----\nsecret\n"))
                .hasMessageContaining("ssh-keygen")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aKeyIsReadWhoseLastLineHasNoEnd() {
        SshIdentity identity = SshIdentity.of(server.privateKey().strip());
        assertThat(identity.publicKey()).startsWith("ssh-ed25519 AAAA");
    }

    private SshServer at(int port) {
        SshServer known = server.asServer();
        return new SshServer("127.0.0.1", port, "root", known.hostKeys(), known.identity());
    }

    private static SshCommand list() {
        return new SshCommand("list", List.of("list"), Duration.ofSeconds(20), 64 * 1024);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
