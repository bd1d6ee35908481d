package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How much a pool pays for short waits: by how long its idle workers stay.
 */
public enum ScalingProfile {
    /** About as long as a new one takes to boot. */
    @JsonProperty("Economy")
    ECONOMY,
    /** Through the pauses between the stages of a build. */
    @JsonProperty("Balanced")
    BALANCED,
    /** Through the pauses between builds. */
    @JsonProperty("Fast")
    FAST
}
