package dev.shedmaster.kube.machine;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import org.jspecify.annotations.Nullable;

/** Knows of each size what it takes from quotas and what it costs. */
public interface OfferingCatalog {

    /**
     * The offering, with what is known of its size.
     *
     * @param placement the user's name for the way to get it
     * @param account {@code namespace/name} of the account
     */
    Offering offering(String placement, String account, String size, @Nullable String zone, CapacityType type);
}
