package dev.shedmaster.core.planning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Collects the instants at which time alone may change the plan; the nearest one counts. */
final class Horizon {
    private final Instant now;
    private @Nullable Instant nearest;

    Horizon(Instant now) {
        this.now = now;
    }

    Instant now() {
        return now;
    }

    void lookAt(Instant instant) {
        if (instant.isAfter(now) && (nearest == null || instant.isBefore(nearest))) {
            nearest = instant;
        }
    }

    @Nullable
    Instant nearest() {
        return nearest;
    }
}
