package dev.shedmaster.kube.host;

import java.util.Set;

/**
 * Where a server is reached, and by whom it may be answered for.
 *
 * @param address a name or an IP address
 * @param hostKeys the fingerprints of which it must present one; never empty
 * @param privateKey our own key, in OpenSSH's form
 */
public record HostAddress(String address, int port, String user, Set<String> hostKeys, String privateKey) {
    public HostAddress {
        hostKeys = Set.copyOf(hostKeys);
    }

    @Override
    public String toString() {
        return user + "@" + address + ":" + port;
    }
}
