package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Storage type of a disk.
 */
public enum OsDiskType {
    /** Hard disk. */
    @JsonProperty("Standard_LRS")
    STANDARD_LRS,
    /** Solid state, basic. */
    @JsonProperty("StandardSSD_LRS")
    STANDARD_SSD_LRS,
    /** Solid state, basic, in three zones. */
    @JsonProperty("StandardSSD_ZRS")
    STANDARD_SSD_ZRS,
    /** Solid state, fast. */
    @JsonProperty("Premium_LRS")
    PREMIUM_LRS,
    /** Solid state, fast, in three zones. */
    @JsonProperty("Premium_ZRS")
    PREMIUM_ZRS
}
