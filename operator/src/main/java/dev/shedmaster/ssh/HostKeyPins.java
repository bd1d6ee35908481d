package dev.shedmaster.ssh;

import java.net.SocketAddress;
import java.security.PublicKey;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.jspecify.annotations.Nullable;

/** The keys of which a server must have one, and what one connection has seen instead. */
final class HostKeyPins {
    private static final AttributeRepository.AttributeKey<HostKeyPins> OF_CONNECTION =
            new AttributeRepository.AttributeKey<>();

    private final Set<String> fingerprints;
    private final AtomicReference<@Nullable String> stranger = new AtomicReference<>();

    private HostKeyPins(Set<String> fingerprints) {
        this.fingerprints = fingerprints;
    }

    /**
     * Reads the keys.
     *
     * @throws IllegalArgumentException for one that is neither a fingerprint nor a public key
     */
    static HostKeyPins of(Set<String> keys) {
        return new HostKeyPins(keys.stream().map(HostKeyFingerprint::of).collect(Collectors.toUnmodifiableSet()));
    }

    /** The same, which have seen nothing yet. */
    HostKeyPins forOneConnection() {
        return new HostKeyPins(fingerprints);
    }

    /** Asks each connection's own pins; a connection without any trusts nobody. */
    static ServerKeyVerifier verifier() {
        return (ClientSession session, SocketAddress address, PublicKey key) -> {
            AttributeRepository context = session.getConnectionContext();
            HostKeyPins pins = context == null ? null : context.getAttribute(OF_CONNECTION);
            return pins != null && pins.know(key);
        };
    }

    AttributeRepository asContext() {
        return AttributeRepository.ofKeyValuePair(OF_CONNECTION, this);
    }

    /** The fingerprint of the key for which the connection was given up; null if it was not. */
    @Nullable
    String stranger() {
        return stranger.get();
    }

    Set<String> fingerprints() {
        return fingerprints;
    }

    private boolean know(PublicKey key) {
        String seen = KeyUtils.getFingerPrint(BuiltinDigests.sha256, key);
        boolean isKnown = fingerprints.contains(seen);
        stranger.set(isKnown ? null : seen);
        return isKnown;
    }
}
