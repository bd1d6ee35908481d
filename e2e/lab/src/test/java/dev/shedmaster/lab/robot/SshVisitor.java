package dev.shedmaster.lab.robot;

import dev.shedmaster.lab.robot.key.PublicKeyText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyPairProvider;

/** Somebody with a key of their own who goes to servers over SSH. */
final class SshVisitor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a command wrote, how it ended, and by which host key the server was known. */
    record Visit(String output, String error, int status, String hostKey) {}

    private final SshClient client = SshClient.setUpDefaultClient();
    private final List<PublicKeyText> shown = new CopyOnWriteArrayList<>();
    private final KeyPair key;

    SshVisitor() throws GeneralSecurityException {
        this.key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_ED25519, 256);
        client.setServerKeyVerifier((_, _, hostKey) -> shown.add(PublicKeyText.of(hostKey)));
        client.start();
    }

    PublicKeyText publicKey() {
        return PublicKeyText.of(key.getPublic());
    }

    /** By which host key the server was known that was visited last. */
    String lastHostKey() {
        return shown.getLast().sha256();
    }

    /** Runs one command as root. */
    Visit run(InetSocketAddress address, String command) throws IOException {
        return run("root", address, command);
    }

    /** Runs one command as root that reads this. */
    Visit run(InetSocketAddress address, String command, byte[] input) throws IOException {
        return run("root", address, command, input);
    }

    Visit run(String user, InetSocketAddress address, String command) throws IOException {
        return run(user, address, command, new byte[0]);
    }

    private Visit run(String user, InetSocketAddress address, String command, byte[] input) throws IOException {
        try (ClientSession session = enter(user, address);
                ChannelExec channel = session.createExecChannel(command)) {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            ByteArrayOutputStream error = new ByteArrayOutputStream();
            channel.setIn(new ByteArrayInputStream(input));
            channel.setOut(output);
            channel.setErr(error);
            channel.open().verify(PATIENCE);
            channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), PATIENCE);
            Integer status = channel.getExitStatus();
            return new Visit(
                    output.toString(StandardCharsets.UTF_8),
                    error.toString(StandardCharsets.UTF_8),
                    status == null ? -1 : status,
                    lastHostKey());
        }
    }

    /** Logs in and stays. */
    ClientSession enter(String user, InetSocketAddress address) throws IOException {
        ClientSession session = client.connect(user, address).verify(PATIENCE).getSession();
        session.addPublicKeyIdentity(key);
        session.auth().verify(PATIENCE);
        return session;
    }

    @Override
    public void close() {
        client.stop();
    }
}
