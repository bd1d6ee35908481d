package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What happens to machines that nothing knows.
 */
public enum LeakMode {
    /** They are deleted and reported. */
    @JsonProperty("Delete")
    DELETE,
    /** They are only reported. */
    @JsonProperty("DryRun")
    DRY_RUN,
    /** Nobody looks for them. */
    @JsonProperty("Off")
    OFF
}
