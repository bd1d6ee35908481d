package dev.shedmaster.ssh;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.core.CoreModuleProperties;

/** Makes the connections to all servers, out of one client. Nothing of the user's own SSH configuration is read. */
public final class SshConnections implements AutoCloseable {
    /** A server that has gone without a word is noticed after some of these. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final int UNANSWERED_HEARTBEATS = 3;

    /**
     * A key exchange that takes some 100 ms of a processor where it is computed in Java: two hundred servers, all of them connected to
     * at once after a start, would not be let in within any time-out. It is the last one that we offer. What it protects is from who
     * records today and computes in many years, and the secrets that go to servers live no longer than their workers.
     */
    private static final String SLOW_KEY_EXCHANGE = "sntrup761";

    private final SshClient client;
    private final InstantSource clock;
    private final MeterRegistry meters;

    public SshConnections(InstantSource clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
        this.client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier(HostKeyPins.verifier());
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        // The type of the keys that are pinned comes first, or a server would show another one.
        client.setSignatureFactories(List.of(
                BuiltinSignatures.ed25519,
                BuiltinSignatures.nistp256,
                BuiltinSignatures.nistp384,
                BuiltinSignatures.nistp521,
                BuiltinSignatures.rsaSHA512,
                BuiltinSignatures.rsaSHA256));
        client.setKeyExchangeFactories(client.getKeyExchangeFactories().stream()
                .sorted(Comparator.comparing(exchange -> exchange.getName().startsWith(SLOW_KEY_EXCHANGE)))
                .toList());
        // Or each small packet waits for the acknowledgement of the one before: some 40 ms, twice in a command.
        CoreModuleProperties.TCP_NODELAY.set(client, true);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, HEARTBEAT);
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, UNANSWERED_HEARTBEATS);
        client.start();
    }

    /**
     * Makes the connection to one server; nothing is sent before the first command.
     *
     * @throws IllegalArgumentException if one of its host keys cannot be read
     */
    public SshConnection to(SshServer server) {
        return new SshConnection(client, server, clock, meters);
    }

    @Override
    public void close() {
        client.stop();
    }
}
