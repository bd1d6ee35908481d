package dev.shedmaster.lab.robot.light.host;

import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.light.LightOptions;
import dev.shedmaster.lab.robot.system.BootedServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A host's own clock, which may be wrong. */
final class HostClock {
    private final BootedServer server;
    private final InstantSource timeOfDay;
    private final Instant bootedAt;

    HostClock(BootedServer server, LightOptions options) {
        this.server = server;
        this.timeOfDay = options.timeOfDay(server.clock());
        this.bootedAt = server.clock().instant();
    }

    /**
     * What it says.
     *
     * @param seconds since 1970
     */
    record Reading(BigDecimal seconds, boolean isSynchronised) {}

    Reading read() {
        Fault off = server.strike(FaultKind.CLOCK_OFF).orElse(null);
        Instant now = timeOfDay.instant().plus(off == null ? Duration.ZERO : off.by());
        return new Reading(seconds(Duration.between(Instant.EPOCH, now)), off == null);
    }

    BigDecimal uptimeSeconds() {
        return seconds(Duration.between(bootedAt, server.clock().instant()));
    }

    private static BigDecimal seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9);
    }
}
