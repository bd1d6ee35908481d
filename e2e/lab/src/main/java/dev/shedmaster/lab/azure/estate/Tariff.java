package dev.shedmaster.lab.azure.estate;

import dev.shedmaster.lab.azure.catalog.SizeCatalog;
import java.time.Duration;

/**
 * What machines cost.
 *
 * @param spotFactor the part of the on-demand price that a spot machine costs
 */
public record Tariff(SizeCatalog sizes, double spotFactor) {

    /** Dollars an hour; 0 where no price is known. */
    public double hourly(VmPlan plan) {
        double onDemand = sizes.hourlyPrice(plan.size(), plan.location()).orElse(0);
        return plan.isSpot() ? onDemand * spotFactor : onDemand;
    }

    double dollars(VmPlan plan, Duration billed) {
        return hourly(plan) * billed.toNanos() / Duration.ofHours(1).toNanos();
    }
}
