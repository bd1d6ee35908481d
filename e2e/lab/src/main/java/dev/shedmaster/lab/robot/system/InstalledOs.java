package dev.shedmaster.lab.robot.system;

import dev.shedmaster.lab.robot.key.HostKeys;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import java.util.List;

/**
 * An operating system on a server's disk.
 *
 * @param authorized who may log in as root
 * @param hostKeys its own, which stay the same over all boots
 */
public record InstalledOs(String hostname, List<PublicKeyText> authorized, HostKeys hostKeys) {

    public InstalledOs {
        authorized = List.copyOf(authorized);
    }

    /** As freshly installed, with host keys of its own. */
    public static InstalledOs fresh(String hostname, List<PublicKeyText> authorized) {
        return new InstalledOs(hostname, authorized, HostKeys.fresh());
    }
}
