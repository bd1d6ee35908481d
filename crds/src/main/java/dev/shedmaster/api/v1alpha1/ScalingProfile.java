package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How much a pool pays for short waits.
 */
public enum ScalingProfile {
    /** No workers ahead of the demand. */
    @JsonProperty("Economy")
    ECONOMY,
    /** Some workers ahead of the demand. */
    @JsonProperty("Balanced")
    BALANCED,
    /** Shortest waits. */
    @JsonProperty("Fast")
    FAST
}
