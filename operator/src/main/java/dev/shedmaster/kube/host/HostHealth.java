package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHostSpec;
import dev.shedmaster.core.host.Checkup;
import dev.shedmaster.core.host.Hardware;
import dev.shedmaster.core.host.HostSight.Health;
import dev.shedmaster.core.host.Vitals;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with a host, by what its system tells every few seconds, and its hardware every few minutes. */
final class HostHealth {
    /** A system that answers and whose program does not tell what runs there cannot be worked with. */
    private static final Duration MUTE_FOR = Duration.ofMinutes(1);

    private HostHealth() {}

    /**
     * What is wrong.
     *
     * @param troubledSince since when it tells nothing; null if it tells
     * @param checkup of its hardware, the newest
     */
    static Health of(
            BareMetalHostSpec spec,
            @Nullable Reading<HostReport> reading,
            @Nullable Instant troubledSince,
            Checkup checkup,
            Instant now) {
        if (reading == null) {
            return new Health.Unread();
        }
        PortError trouble = reading.trouble();
        if (trouble != null) {
            return troubledSince != null && troubledSince.plus(MUTE_FOR).isBefore(now)
                    ? new Health.Read(
                            List.of("it does not tell what runs on it: " + trouble.message()), checkup.stopping())
                    : new Health.Unread();
        }
        HostReport report = reading.value();
        return report == null ? new Health.Unread() : new Health.Read(failings(spec, report), checkup.stopping());
    }

    /** For each thing that is wrong a sentence. */
    static List<String> failings(BareMetalHostSpec spec, HostReport report) {
        Hardware hardware = new Hardware(report.architecture(), report.cpus(), report.memoryBytes(), List.of());
        return new Vitals(hardware, report.scratchBytes(), report.freeScratchBytes(), report.clockOffset())
                .failings(HostWishes.expected(spec));
    }
}
