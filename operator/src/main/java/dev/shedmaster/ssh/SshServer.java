package dev.shedmaster.ssh;

import java.util.Set;

/**
 * A server, who it must prove to be, and who we are to it.
 *
 * @param address a name or an address
 * @param port where its SSH listens
 * @param user whom commands run as
 * @param hostKeys the keys of which it must have one; never empty, since nobody is trusted at first sight. Each is a
 *     fingerprint ({@code SHA256:…}) or a public key in OpenSSH's form. A server shows its Ed25519 key before others,
 *     so that one must be among them if it has one
 * @param identity our own key
 */
public record SshServer(String address, int port, String user, Set<String> hostKeys, SshIdentity identity) {
    public SshServer {
        hostKeys = Set.copyOf(hostKeys);
        if (hostKeys.isEmpty()) {
            throw new IllegalArgumentException("hostKeys is empty: nobody could be told from an impostor");
        }
    }

    @Override
    public String toString() {
        return user + "@" + address + ":" + port;
    }
}
