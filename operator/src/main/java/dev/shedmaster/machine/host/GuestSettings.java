package dev.shedmaster.machine.host;

import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.port.MachineSettings;
import java.util.List;

/**
 * What a pool wants of its workers on hosts, beside the slot.
 *
 * @param architecture the instruction set of its hosts
 * @param language what the boot data of the order is written in
 * @param diskBytes how large a virtual machine's disk seems to it
 * @param workDirectory the agent's, an absolute path
 * @param resolvers the name servers that workers ask, IPv4
 * @param refused networks that workers must not reach, IPv4 in CIDR form
 */
public record GuestSettings(
        Architecture architecture,
        Language language,
        long diskBytes,
        String workDirectory,
        List<String> resolvers,
        List<String> refused)
        implements MachineSettings {
    public GuestSettings {
        resolvers = List.copyOf(resolvers);
        refused = List.copyOf(refused);
    }

    /** What boot data are written in. */
    public enum Language {
        /** A JSON object of files by name, each in base 64: for containers. */
        FILES,
        /** For virtual machines whose image reads it. */
        IGNITION,
        /** For virtual machines whose image reads that. */
        CLOUD_INIT
    }
}
