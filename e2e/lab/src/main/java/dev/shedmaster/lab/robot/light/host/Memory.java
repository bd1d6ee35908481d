package dev.shedmaster.lab.robot.light.host;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The memory of a host, which is given to whoever asks until it is used up. To be used in a step of the account only. */
final class Memory {
    /** What the system itself uses. */
    private static final long OF_SYSTEM = 1L << 30;

    private final long bytes;

    Memory(long bytes) {
        this.bytes = bytes;
    }

    long bytes() {
        return bytes;
    }

    long free(Collection<WorkerUnit> units) {
        return Math.max(0, bytes - OF_SYSTEM - used(units));
    }

    /** Whom the kernel kills so that the others have enough: the largest. Empty if there is enough. */
    Optional<WorkerUnit> victim(Collection<WorkerUnit> units) {
        return used(units) + OF_SYSTEM <= bytes
                ? Optional.empty()
                : units.stream().filter(WorkerUnit::lives).max(Comparator.comparingLong(WorkerUnit::memory));
    }

    private static long used(Collection<WorkerUnit> units) {
        return units.stream().mapToLong(WorkerUnit::memory).sum();
    }
}
