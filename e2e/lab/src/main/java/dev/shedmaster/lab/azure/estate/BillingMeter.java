package dev.shedmaster.lab.azure.estate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Counts the seconds for which a machine is paid. */
final class BillingMeter {
    private Duration counted = Duration.ZERO;
    private @Nullable Instant runningSince;

    /** The machine's power state is now billed or not. Saying the same twice changes nothing. */
    void billed(boolean yes, Instant now) {
        if (yes && runningSince == null) {
            runningSince = now;
        } else if (!yes && runningSince != null) {
            counted = counted.plus(Duration.between(runningSince, now));
            runningSince = null;
        }
    }

    Duration total(Instant now) {
        return runningSince == null ? counted : counted.plus(Duration.between(runningSince, now));
    }
}
