package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The local disk that an ephemeral OS disk is carved from.
 */
public enum EphemeralPlacement {
    /** The host's cache of the machine. */
    @JsonProperty("CacheDisk")
    CACHE_DISK,
    /** The temporary disk (v5 and earlier sizes). */
    @JsonProperty("ResourceDisk")
    RESOURCE_DISK,
    /** The local NVMe disks (v6 and later sizes). */
    @JsonProperty("NvmeDisk")
    NVME_DISK
}
