package dev.shedmaster.machine.host.qemu;

import dev.shedmaster.core.slot.Architecture;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine for one worker. All paths are absolute ones on its host.
 *
 * @param name the worker's name
 * @param architecture its instruction set
 * @param accelerator what executes it
 * @param cpus whole CPUs, at least 1
 * @param memoryMib memory in MiB, at least 1
 * @param firmware what it boots by
 * @param disk its disk, in QEMU's own format: what it writes lies over an image that others read, too
 * @param configuration what it reads at its first boot
 * @param network how it reaches others
 * @param controlSocket where QEMU listens for its control protocol; made by it
 * @param console the file that gets what the guest says on its serial line; made by QEMU
 */
public record Guest(
        String name,
        Architecture architecture,
        Accelerator accelerator,
        int cpus,
        long memoryMib,
        Firmware firmware,
        String disk,
        Configuration configuration,
        Network network,
        String controlSocket,
        String console) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public Guest {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be up to 63 small letters, digits and hyphens, with neither end a" + " hyphen, not \""
                            + name + "\"");
        }
        if (cpus < 1 || memoryMib < 1) {
            throw new IllegalArgumentException(
                    "cpus and memoryMib must be at least 1, not " + cpus + " and " + memoryMib);
        }
        GuestFile.check("disk", disk);
        GuestFile.checkSocket("controlSocket", controlSocket);
        GuestFile.check("console", console);
    }

    /**
     * What a guest reads at its first boot. It comes from files, whose names everybody on the host may see, and which
     * only QEMU's user may read: what stands on a command line is no secret there. Root in the guest can read all of it
     * for as long as it lives.
     *
     * @param seed a disk labelled {@code cidata}, from which cloud-init configures (its NoCloud source); null if there
     *     is none
     * @param ignition an Ignition document; null if there is none
     * @param credentials files that systemd in the guest has as credentials, by their name there
     */
    public record Configuration(
            @Nullable String seed, @Nullable String ignition, Map<String, String> credentials) {
        /** QEMU's longest name for such a file is 55 characters, and systemd's prefix takes 27 of them. */
        private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,27}");

        public Configuration {
            if (seed != null) {
                GuestFile.check("configuration.seed", seed);
            }
            if (ignition != null) {
                GuestFile.check("configuration.ignition", ignition);
            }
            credentials = Collections.unmodifiableMap(new TreeMap<>(credentials));
            credentials.forEach((credential, path) -> {
                if (!CREDENTIAL.matcher(credential).matches()) {
                    throw new IllegalArgumentException(
                            "a credential's name must be 1 to 28 letters, digits, underscores,"
                                    + " dots or hyphens, no dot or hyphen first, not \"" + credential + "\"");
                }
                GuestFile.check("configuration.credentials." + credential, path);
            });
        }
    }
}
