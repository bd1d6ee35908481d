package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What an image reads at its first boot.
 */
public enum BootstrapFormat {
    /** Flatcar and Fedora CoreOS. */
    @JsonProperty("Ignition")
    IGNITION,
    /** Ubuntu and most others. */
    @JsonProperty("CloudInit")
    CLOUD_INIT
}
