package dev.shedmaster.ssh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.kex.KexProposalOption;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.jspecify.annotations.Nullable;

/** An SSH server that speaks the real protocol and answers each command as the test says. */
public final class ScriptedServer implements AutoCloseable {

    /** What came from the client: a command's line and what it was given to read. */
    public record Call(String line, String input) {}

    /** What the server does with a command. */
    public sealed interface Answer {}

    /** It prints and ends. */
    public record Says(int status, String output, String complaint) implements Answer {
        public static Says ok(String output) {
            return new Says(0, output, "");
        }
    }

    /** It prints without an end. */
    public record Babbles() implements Answer {}

    /** It does nothing until the test lets it go on, then ends well. */
    public record Waits(CountDownLatch until) implements Answer {}

    /** The whole connection breaks. */
    public record Drops() implements Answer {}

    public final List<Call> calls = new CopyOnWriteArrayList<>();

    private final KeyPair client = ed25519();
    private KeyPair hostKey = ed25519();
    private final Function<Call, Answer> script;
    private SshServer server = SshServer.setUpDefaultServer();
    private volatile boolean knowsTheClient = true;
    private int port;

    public ScriptedServer(Function<Call, Answer> script) {
        this.script = script;
        start();
    }

    /** What a client must know to be let in. */
    public dev.shedmaster.ssh.SshServer asServer() {
        return asServer(Set.of(fingerprint()));
    }

    public dev.shedmaster.ssh.SshServer asServer(Set<String> hostKeys) {
        return new dev.shedmaster.ssh.SshServer("127.0.0.1", port, "root", hostKeys, SshIdentity.of(privateKey()));
    }

    public String fingerprint() {
        return Objects.requireNonNull(KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic()));
    }

    public String publicKey() {
        return PublicKeyEntry.toString(hostKey.getPublic());
    }

    /** The client's, as a Secret would hold it. */
    public String privateKey() {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(client, "test", null, text);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    public void forgetTheClient() {
        knowsTheClient = false;
    }

    public void rememberTheClient() {
        knowsTheClient = true;
    }

    public int connections() {
        return server.getActiveSessions().size();
    }

    /** How the secrets of the connections that there are were agreed upon. */
    public List<String> keyExchanges() {
        return server.getActiveSessions().stream()
                .map(session -> session.getNegotiatedKexParameter(KexProposalOption.ALGORITHMS))
                .toList();
    }

    /** As after an installation anew, or with somebody else in its place. */
    public void changeHostKey() {
        stop();
        hostKey = ed25519();
        start();
    }

    public void stop() {
        try {
            server.stop(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void start() {
        server = SshServer.setUpDefaultServer();
        server.setPublickeyAuthenticator(
                (user, key, session) -> knowsTheClient && KeyUtils.compareKeys(key, client.getPublic()));
        server.setCommandFactory((channel, line) -> new Scripted(line));
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setHost("127.0.0.1");
        server.setPort(port);
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        port = server.getPort();
    }

    @Override
    public void close() {
        stop();
    }

    private static KeyPair ed25519() {
        try {
            return SecurityUtils.getKeyPairGenerator(SecurityUtils.ED25519).generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Scripted implements Command {
        private final String line;
        private @Nullable InputStream in;
        private @Nullable OutputStream out;
        private @Nullable OutputStream err;
        private @Nullable ExitCallback exit;

        Scripted(String line) {
            this.line = line;
        }

        @Override
        public void start(ChannelSession channel, Environment environment) {
            Thread.ofVirtual().start(() -> {
                try {
                    run(channel);
                } catch (IOException | InterruptedException e) {
                    // The client has gone: that is its right.
                    Objects.requireNonNull(exit).onExit(255);
                }
            });
        }

        private void run(ChannelSession channel) throws IOException, InterruptedException {
            Call call = new Call(line, new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
            calls.add(call);
            OutputStream output = Objects.requireNonNull(out);
            ExitCallback end = Objects.requireNonNull(exit);
            switch (script.apply(call)) {
                case Says(int status, String text, String complaint) -> {
                    output.write(text.getBytes(StandardCharsets.UTF_8));
                    output.flush();
                    OutputStream errors = Objects.requireNonNull(err);
                    errors.write(complaint.getBytes(StandardCharsets.UTF_8));
                    errors.flush();
                    end.onExit(status);
                }
                case Babbles babbles -> {
                    byte[] chunk = new byte[8192];
                    for (int i = 0; i < 100_000; i++) {
                        output.write(chunk);
                        output.flush();
                    }
                    end.onExit(0);
                }
                case Waits(CountDownLatch until) -> {
                    until.await();
                    end.onExit(0);
                }
                case Drops drops -> channel.getSession().close(true);
            }
        }

        @Override
        public void destroy(ChannelSession channel) {}

        @Override
        public void setInputStream(InputStream stream) {
            in = stream;
        }

        @Override
        public void setOutputStream(OutputStream stream) {
            out = stream;
        }

        @Override
        public void setErrorStream(OutputStream stream) {
            err = stream;
        }

        @Override
        public void setExitCallback(ExitCallback callback) {
            exit = callback;
        }
    }
}
