package dev.shedmaster.core.slot;

import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host as its owner wants it, and what is seen of it.
 *
 * @param name {@code namespace/name}
 * @param architecture its instruction set
 * @param virtualization how far virtual machines can run on it
 * @param capacity what it has for workers
 * @param zones the trust zones that it may serve, side by side; a host that lists none serves pools without one
 * @param standing whether it takes workers at all
 */
public record HostView(
        String name,
        Architecture architecture,
        Virtualization virtualization,
        Capacity capacity,
        Set<String> zones,
        Standing standing) {
    public HostView {
        zones = Set.copyOf(zones);
    }

    boolean lists(@Nullable String zone) {
        return zone == null ? zones.isEmpty() : zones.contains(zone);
    }

    /**
     * What a host has. Memory is never promised twice: a worker that takes what it was promised must not cost another
     * one its life.
     *
     * @param cpus whole CPUs that are there
     * @param reservedCpus and are left to the host itself
     * @param cpuPercent how much of the others workers get together, in percent: 100 = each CPU once, 150 = every
     *     second one twice
     * @param memoryMib memory that is there, in MiB
     * @param reservedMemoryMib and is left to the host itself
     * @param kvmSlots how many workers may have {@code /dev/kvm} at a time; empty = no limit of its own
     */
    public record Capacity(
            int cpus, int reservedCpus, int cpuPercent, long memoryMib, long reservedMemoryMib, OptionalInt kvmSlots) {
        public static final int EACH_CPU_ONCE = 100;

        public Capacity {
            require(cpus >= 0, "cpus", cpus, "at least 0");
            require(reservedCpus >= 0, "reservedCpus", reservedCpus, "at least 0");
            require(cpuPercent >= EACH_CPU_ONCE, "cpuPercent", cpuPercent, "at least " + EACH_CPU_ONCE);
            require(memoryMib >= 0, "memoryMib", memoryMib, "at least 0");
            require(reservedMemoryMib >= 0, "reservedMemoryMib", reservedMemoryMib, "at least 0");
            require(kvmSlots.orElse(0) >= 0, "kvmSlots", kvmSlots.orElse(0), "at least 0");
        }

        /** What workers can have of it: nothing where more is reserved than is there. */
        public Amount forWorkers() {
            long left = Math.max(0, cpus - reservedCpus);
            return new Amount(
                    (int) Math.min(Integer.MAX_VALUE, left * cpuPercent / EACH_CPU_ONCE),
                    Math.max(0, memoryMib - reservedMemoryMib),
                    kvmSlots.orElse(Integer.MAX_VALUE));
        }

        private static void require(boolean holds, String field, long value, String rule) {
            if (!holds) {
                throw new IllegalArgumentException("a host's " + field + " must be " + rule + ", not " + value);
            }
        }
    }

    /** Whether a host takes workers. Those that it has may stay, whatever it says. */
    public enum Standing {
        OPEN,
        /** Its workers shall go, or may end and not be replaced. */
        DRAINING,
        /** It has not come up, or is not heard of. */
        NOT_READY,
        /** Its owner wants no more workers on it. */
        UNSCHEDULABLE
    }
}
