package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What becomes of a server whose host is deleted.
 */
public enum HostDeletionPolicy {
    /** It stays as it is. */
    @JsonProperty("Retain")
    RETAIN,
    /** Its disks are wiped. */
    @JsonProperty("Wipe")
    WIPE
}
