package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Instruction set of a worker.
 */
public enum Architecture {
    /** x86-64. */
    @JsonProperty("amd64")
    AMD64,
    /** AArch64. */
    @JsonProperty("arm64")
    ARM64
}
