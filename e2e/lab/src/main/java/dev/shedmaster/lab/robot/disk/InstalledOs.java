package dev.shedmaster.lab.robot.disk;

import dev.shedmaster.lab.robot.key.HostKeys;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import java.util.List;

/**
 * An operating system on a server's disk.
 *
 * @param authorized who may log in as root
 * @param hostKeys its own, which stay the same over all boots
 * @param owner whose mark it bears, {@code installation namespace/name}; empty if it bears none
 * @param generation the second part of that mark
 * @param files what was put into it since
 */
public record InstalledOs(
        String hostname,
        List<PublicKeyText> authorized,
        HostKeys hostKeys,
        String owner,
        String generation,
        SystemFiles files) {

    public InstalledOs {
        authorized = List.copyOf(authorized);
    }

    /** As freshly installed, with host keys of its own and nobody's mark. */
    public static InstalledOs fresh(String hostname, List<PublicKeyText> authorized) {
        return new InstalledOs(hostname, authorized, HostKeys.fresh(), "", "", new SystemFiles());
    }

    /** The same with this mark. */
    public InstalledOs marked(String whose, String made) {
        return new InstalledOs(hostname, authorized, hostKeys, whose, made, files);
    }

    /** The same with other host keys, as if somebody had made them anew. */
    public InstalledOs rekeyed() {
        return new InstalledOs(hostname, authorized, HostKeys.fresh(), owner, generation, files);
    }
}
