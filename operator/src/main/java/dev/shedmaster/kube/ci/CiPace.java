package dev.shedmaster.kube.ci;

import dev.shedmaster.ci.PollInterval;
import dev.shedmaster.kube.feed.Pace;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/** Reads a CI system often while something waits or changes there, and ever more rarely while nothing does. */
public final class CiPace implements Pace<CiSnapshot> {
    private final DoubleSupplier jitter;
    private PollInterval interval;

    public CiPace(Duration min, Duration max, DoubleSupplier jitter) {
        this.interval = PollInterval.between(min, max);
        this.jitter = jitter;
    }

    @Override
    public Duration next(Reading<CiSnapshot> before, Reading<CiSnapshot> now) {
        CiSnapshot value = now.value();
        Outcome<CiSnapshot> outcome =
                now.trouble() != null ? Outcome.failed(now.trouble()) : Outcome.done(Objects.requireNonNull(value));
        interval = interval.after(before.value(), outcome, jitter.getAsDouble());
        return interval.delay();
    }
}
