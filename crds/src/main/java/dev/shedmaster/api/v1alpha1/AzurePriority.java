package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How Azure sells a machine.
 */
public enum AzurePriority {
    /** Spare capacity: cheaper, may be evicted at any time. */
    @JsonProperty("Spot")
    SPOT,
    /** Never evicted. */
    @JsonProperty("OnDemand")
    ON_DEMAND
}
