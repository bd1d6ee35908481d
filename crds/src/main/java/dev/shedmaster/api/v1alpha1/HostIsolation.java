package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What is between a worker and the others on its host.
 */
public enum HostIsolation {
    /** A kernel of its own. */
    @JsonProperty("VirtualMachine")
    VIRTUAL_MACHINE,
    /** The host's kernel, shared: for jobs of people who are trusted. */
    @JsonProperty("Container")
    CONTAINER,
    /** A virtual machine where the host can give one, else a container. */
    @JsonProperty("Any")
    ANY
}
