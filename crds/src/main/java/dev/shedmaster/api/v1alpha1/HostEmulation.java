package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Whether virtual machines may run on a host whose processors do not execute them.
 */
public enum HostEmulation {
    /** Where /dev/kvm does not work there are none. */
    @JsonProperty("Refused")
    REFUSED,
    /** QEMU executes their instructions itself. */
    @JsonProperty("Allowed")
    ALLOWED
}
