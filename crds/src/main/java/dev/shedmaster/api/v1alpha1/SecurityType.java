package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Security type of an Azure virtual machine.
 */
public enum SecurityType {
    /** None of the features of Trusted Launch. */
    @JsonProperty("Standard")
    STANDARD,
    /** A virtual TPM and, where the image is signed for it, Secure Boot. */
    @JsonProperty("TrustedLaunch")
    TRUSTED_LAUNCH
}
