package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HostWish.Expected;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host's system says of itself while it serves.
 *
 * @param hardware what it sees of its hardware
 * @param scratchBytes how large the file system is that workers' disks are on
 * @param freeScratchBytes how much of that is free
 * @param clockOffset by how much its clock is ahead of ours
 */
public record Vitals(Hardware hardware, long scratchBytes, long freeScratchBytes, Duration clockOffset) {
    /** Where workers' disks are. */
    static final String SCRATCH = "/var/lib/shedmaster";

    /** Jobs fail one by one, each in its own way, when the disk is full. */
    private static final double LEAST_FREE = 0.05;

    /** TLS and Kerberos bear minutes, our own deadlines too. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    private static final long GIB = 1L << 30;

    /** For each thing that is wrong a sentence, which names the field where one is to be corrected. */
    public List<String> failings(Expected expected) {
        List<String> failings = new ArrayList<>(expected.missedBy(hardware).stream()
                .map(what -> what + ": correct the spec, or have the server looked at")
                .toList());
        if (freeScratchBytes < scratchBytes * LEAST_FREE) {
            failings.add("only " + freeScratchBytes / GIB + "Gi of " + scratchBytes / GIB
                    + "Gi are free for workers' disks in " + SCRATCH + ": see what fills it");
        }
        if (clockOffset.abs().compareTo(CLOCK_TOLERANCE) > 0) {
            failings.add("its clock is " + clockOffset.abs().toMinutes() + " min "
                    + (clockOffset.isNegative() ? "behind" : "ahead")
                    + ": see why it is not synchronised (timedatectl)");
        }
        return failings;
    }
}
