package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whether jobs start virtual machines of their own.
 */
public enum Kvm {
    /** /dev/kvm must work in the worker. */
    @JsonProperty("Required")
    REQUIRED,
    /** No job of this pool asks for it. */
    @JsonProperty("Unneeded")
    UNNEEDED
}
