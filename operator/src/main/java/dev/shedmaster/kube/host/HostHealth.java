package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHostSpec;
import dev.shedmaster.core.host.HostSight.Health;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.pool.Spans;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a host, by what its system tells every few seconds. */
final class HostHealth {
    /** Jobs fail one by one, each in its own way, when the disk is full. */
    private static final double LEAST_FREE = 0.05;

    /** TLS and Kerberos bear minutes, our own deadlines too. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);

    /** A system that answers and whose program does not tell what runs there cannot be worked with. */
    private static final Duration MUTE_FOR = Duration.ofMinutes(1);

    /** What of the memory that is sold a system does not see. */
    private static final double UNSEEN_MEMORY = 0.05;

    private static final long GIB = 1L << 30;

    private HostHealth() {}

    /** @param troubledSince since when it tells nothing; null if it tells */
    static Health of(
            BareMetalHostSpec spec,
            @Nullable Reading<HostReport> reading,
            @Nullable Instant troubledSince,
            Instant now) {
        if (reading == null) {
            return new Health.Unread();
        }
        PortError trouble = reading.trouble();
        if (trouble != null) {
            return troubledSince != null && troubledSince.plus(MUTE_FOR).isBefore(now)
                    ? new Health.Read(List.of("it does not tell what runs on it: " + trouble.message()))
                    : new Health.Unread();
        }
        HostReport report = reading.value();
        return report == null ? new Health.Unread() : new Health.Read(failings(spec, report));
    }

    /** For each thing that is wrong a sentence. */
    static List<String> failings(BareMetalHostSpec spec, HostReport report) {
        List<String> failings = new ArrayList<>();
        String architecture = HostWishes.architecture(spec);
        if (!architecture.equals(inOurWords(report.architecture()))) {
            failings.add("spec.hardware.architecture is " + architecture + ", and the server is "
                    + inOurWords(report.architecture()) + ": correct the spec");
        }
        if (report.cpus() < spec.hardware().cpus()) {
            failings.add("spec.hardware.cpus is " + spec.hardware().cpus() + ", and the server has " + report.cpus()
                    + ": correct the spec, or have the server looked at");
        }
        if (report.memoryBytes() < Spans.bytes(spec.hardware().memory()) * (1 - UNSEEN_MEMORY)) {
            failings.add("spec.hardware.memory is " + spec.hardware().memory() + ", and the server has "
                    + report.memoryBytes() / GIB + "Gi: correct the spec, or have the server looked at");
        }
        if (report.freeScratchBytes() < report.scratchBytes() * LEAST_FREE) {
            failings.add("only " + report.freeScratchBytes() / GIB + "Gi of " + report.scratchBytes() / GIB
                    + "Gi are free for workers' disks in /var/lib/shedmaster: see what fills it");
        }
        if (report.clockOffset().abs().compareTo(CLOCK_TOLERANCE) > 0) {
            failings.add("its clock is " + report.clockOffset().abs().toMinutes() + " min "
                    + (report.clockOffset().isNegative() ? "behind" : "ahead")
                    + ": see why it is not synchronised (timedatectl)");
        }
        return failings;
    }

    private static String inOurWords(String machine) {
        return switch (machine) {
            case "aarch64" -> "arm64";
            case "x86_64" -> "amd64";
            default -> machine;
        };
    }
}
