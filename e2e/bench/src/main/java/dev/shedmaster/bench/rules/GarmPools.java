package dev.shedmaster.bench.rules;

import dev.shedmaster.bench.simulation.Scaler;
import dev.shedmaster.bench.simulation.ScalingRule;
import dev.shedmaster.bench.simulation.Site;
import java.time.Duration;

/**
 * GARM's pools without idle runners: {@code runner/pool/pool.go}, cloudbase/garm afda4e76.
 *
 * <p>A webhook records a job. One loop gives each recorded job that is old enough a runner of its own in a pool that serves it,
 * another asks the provider for the runners that were recorded, a third lets idle ones go.
 *
 * @param backOff how old a job must be, {@code minimum_job_age_backoff}; 30 s by default
 * @param lostHooks which part of the webhooks that tell of a new job never arrives; GARM does not ask for them again
 */
public record GarmPools(String name, Duration backOff, double lostHooks) implements ScalingRule {
    public static final Duration DEFAULT_BACK_OFF = Duration.ofSeconds(30);

    @Override
    public boolean singleUse() {
        return true;
    }

    @Override
    public Scaler start(Site site) {
        return new GarmScaler(site, this);
    }
}
