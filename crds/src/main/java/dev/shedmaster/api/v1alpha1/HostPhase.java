package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where a host is in its life.
 */
public enum HostPhase {
    /** Known; nothing has been done yet. */
    @JsonProperty("Registered")
    REGISTERED,
    /** Its system is being installed. */
    @JsonProperty("Provisioning")
    PROVISIONING,
    /** Its system answers and has yet to show what it can do. */
    @JsonProperty("Checking")
    CHECKING,
    /** It serves. */
    @JsonProperty("Ready")
    READY,
    /** It serves nothing until what is wrong has gone. */
    @JsonProperty("Unfit")
    UNFIT,
    /** It does not answer, and is being brought back. */
    @JsonProperty("Unreachable")
    UNREACHABLE,
    /** It takes no further worker; those that it has may end. */
    @JsonProperty("Draining")
    DRAINING,
    /** It is empty, and a person works on it. */
    @JsonProperty("Maintenance")
    MAINTENANCE,
    /** An attempt has failed; another one follows. */
    @JsonProperty("Failed")
    FAILED,
    /** Only a person can help. */
    @JsonProperty("Quarantined")
    QUARANTINED,
    /** Its disks are being wiped, since it leaves. */
    @JsonProperty("Wiping")
    WIPING,
    /** What is ours at the landlord is being taken away. */
    @JsonProperty("Releasing")
    RELEASING,
    /** Nothing is left to do. */
    @JsonProperty("Gone")
    GONE
}
