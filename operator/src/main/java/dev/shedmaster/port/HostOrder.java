package dev.shedmaster.port;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One worker on a server of our own, asked for once.
 *
 * @param name a {@link MachineName}, which the worker's unit, network and disk bear; unique for ever
 * @param owner written down beside the unit
 * @param form what it is
 * @param limits what it may use
 * @param reach what of the network it is told and kept from
 * @param files what its guest is told, by plain file names; they hold secrets, and are on the server in memory only and
 *     no longer than the worker
 */
public record HostOrder(
        String name, MachineOwner owner, Form form, Limits limits, Reach reach, Map<String, byte[]> files) {
    public HostOrder {
        files = Map.copyOf(files);
    }

    @Override
    public String toString() {
        return "HostOrder[name=" + name + ", owner=" + owner + ", form=" + form + ", limits=" + limits + ", files="
                + files.keySet() + "]";
    }

    /** What a worker is. */
    public sealed interface Form {}

    /**
     * A container that shares the server's kernel. Its files are in {@code /run/shedmaster}.
     *
     * @param image the name of a folder among the server's images, which is its root; what it writes is lost with it
     * @param isBooted whether the image's own init runs in it, or only the command
     * @param command the program and its arguments, which is sent SIGTERM and SIGHUP when it is to end; of one that is
     *     booted, the init's arguments
     * @param volumes folders in it that are plain folders of the server's disk and not layers over the image, as Docker
     *     needs for its own; lost with it
     * @param devices what it may open of the server
     */
    public record Container(
            String image, boolean isBooted, List<String> command, List<String> volumes, Set<Device> devices)
            implements Form {
        public Container {
            command = List.copyOf(command);
            volumes = List.copyOf(volumes);
            devices = Set.copyOf(devices);
        }
    }

    /**
     * A virtual machine with a kernel of its own.
     *
     * @param command QEMU and its arguments; holds no secret, since everybody on the server can read it
     * @param disk the disk that is made for it before; null if it needs none
     * @param variables the server's file that its firmware's own variables begin with, an absolute path, of which it gets a
     *     copy; null if it needs none
     */
    public record VirtualMachine(
            List<String> command,
            @Nullable Disk disk,
            @Nullable String variables) implements Form {
        public VirtualMachine {
            command = List.copyOf(command);
        }

        /** One without firmware of its own. */
        public VirtualMachine(List<String> command, @Nullable Disk disk) {
            this(command, disk, null);
        }
    }

    /**
     * A disk over an image, which stays as it is.
     *
     * @param baseImage the name of a file among the server's images
     * @param baseFormat {@code qcow2} or {@code raw}
     * @param bytes how large the disk seems to the guest
     */
    public record Disk(String baseImage, String baseFormat, long bytes) {}

    /** A device of the server. Loop devices are none of them: a worker would read those of all others. */
    public enum Device {
        KVM("kvm"),
        TUN("net/tun"),
        VHOST_NET("vhost-net"),
        FUSE("fuse");

        private final String path;

        Device(String path) {
            this.path = path;
        }

        /** Where it is below {@code /dev}. */
        public String path() {
            return path;
        }
    }

    /**
     * What a worker may use.
     *
     * @param memoryBytes at most; a container's processes are killed beyond it
     * @param cpuPercent of one CPU, so that 400 is four
     * @param tasks how many processes and threads at most
     * @param stopWithin how long its guest may take to shut down in order, up to a minute
     */
    public record Limits(long memoryBytes, int cpuPercent, int tasks, Duration stopWithin) {}

    /**
     * What of the network a worker is told and kept from. It reaches neither its server nor the other workers there nor
     * addresses of the link (169.254.0.0/16), and nobody opens a connection to it; what it asks of the rest of the
     * world goes out under its server's address.
     *
     * @param resolvers the name servers that it is told, IPv4
     * @param refused further networks that it must not reach, IPv4 in CIDR form
     */
    public record Reach(List<String> resolvers, List<String> refused) {
        public Reach {
            resolvers = List.copyOf(resolvers);
            refused = List.copyOf(refused);
        }
    }
}
