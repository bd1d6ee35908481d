package dev.shedmaster.core.host;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants of a host: the part of its spec by which it lives.
 *
 * @param owner whose it is, as its mark says: {@code installation namespace/name}
 * @param generation differs whenever another system would have to be installed; empty if others install it
 * @param hardware what is expected of it at least
 * @param rootDisk where its system goes
 * @param scratchDisk where workers' disks go; empty if they share the root disk
 * @param maintenance whether a person works on it: it serves nothing and is left alone
 * @param removal what is to become of it, now that its object is deleted; null while it is not
 * @param removedAt when its object was deleted; null while it is not
 * @param releasedAt when a person last said that it may leave its quarantine; null if never
 * @param specChangedAt since when the spec is as it is
 * @param hostKeys the fingerprints of the host keys that a person has given, of a host that others install; else none
 */
public record HostWish(
        String owner,
        String generation,
        Expected hardware,
        DiskHint rootDisk,
        Optional<DiskHint> scratchDisk,
        boolean maintenance,
        @Nullable Removal removal,
        @Nullable Instant removedAt,
        @Nullable Instant releasedAt,
        Instant specChangedAt,
        Set<String> hostKeys) {

    public HostWish {
        hostKeys = Set.copyOf(hostKeys);
        if ((removal == null) != (removedAt == null)) {
            throw new IllegalArgumentException("a removal has its time");
        }
    }

    /** What becomes of a server whose object is deleted. */
    public enum Removal {
        /** It stays as it is. */
        RETAIN,
        /** Its disks are wiped. */
        WIPE
    }

    /**
     * The hardware that is expected.
     *
     * @param architecture {@code arm64} or {@code amd64}
     * @param cpus how many hardware threads at least
     * @param memoryBytes how much memory at least, as it is sold
     */
    public record Expected(String architecture, int cpus, long memoryBytes) {
        /** What of the memory that is sold a system does not see: firmware, the kernel itself. */
        private static final double UNSEEN_MEMORY = 0.05;

        private static final long MIB = 1L << 20;
        private static final long GIB = 1L << 30;
        private static final long SMALL = 8 * GIB;

        /** For each thing of it that is not there a sentence that names the field. */
        List<String> missedBy(Hardware seen) {
            List<String> missed = new ArrayList<>();
            if (!architecture.equals(seen.architecture())) {
                missed.add(
                        "spec.hardware.architecture is " + architecture + ", and the server is " + seen.architecture());
            }
            if (seen.cpus() < cpus) {
                missed.add("spec.hardware.cpus is " + cpus + ", and the server has " + seen.cpus());
            }
            if (seen.memoryBytes() < memoryBytes * (1 - UNSEEN_MEMORY)) {
                missed.add("spec.hardware.memory is " + words(memoryBytes) + ", and the server has "
                        + words(seen.memoryBytes()));
            }
            return missed;
        }

        private static String words(long bytes) {
            return bytes < SMALL ? bytes / MIB + "Mi" : bytes / GIB + "Gi";
        }
    }

    /** Whether a person has had a say since: to let it go on, to let it go, or by another spec. */
    boolean hasNewsSince(Instant then) {
        return specChangedAt.isAfter(then) || isAfter(releasedAt, then) || isAfter(removedAt, then);
    }

    private static boolean isAfter(@Nullable Instant said, Instant then) {
        return said != null && said.isAfter(then);
    }

    /** Whether somebody else installs it. */
    boolean isInstalledByOthers() {
        return generation.isEmpty();
    }
}
