package dev.shedmaster.core.slot;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker must have, whichever host it comes to.
 *
 * @param architecture its instruction set
 * @param cpus whole CPUs, at least 1
 * @param memoryMib memory in MiB, at least 1
 * @param kvm whether its jobs start virtual machines of their own, so that {@code /dev/kvm} must work in it
 * @param isolations how it may be run, at least one way; any of them will do
 */
public record Shape(Architecture architecture, int cpus, long memoryMib, boolean kvm, Set<Isolation> isolations) {
    public Shape {
        if (cpus < 1 || memoryMib < 1) {
            throw new IllegalArgumentException(
                    "a worker's cpus and memoryMib must be at least 1, not " + cpus + " and " + memoryMib);
        }
        if (isolations.isEmpty()) {
            throw new IllegalArgumentException("isolations must name a way to run the worker");
        }
        isolations = Set.copyOf(isolations);
    }

    /** The strongest way in which a host of that kind can run such a worker; null if there is none. */
    public @Nullable Isolation isolationOn(Virtualization host) {
        if (canRun(Isolation.VIRTUAL_MACHINE, host)) {
            return Isolation.VIRTUAL_MACHINE;
        }
        return canRun(Isolation.CONTAINER, host) ? Isolation.CONTAINER : null;
    }

    private boolean canRun(Isolation isolation, Virtualization host) {
        return isolations.contains(isolation) && host.allows(isolation, kvm);
    }

    /** What it takes of a host. */
    public Amount amount() {
        return new Amount(cpus, memoryMib, kvm ? 1 : 0);
    }
}
