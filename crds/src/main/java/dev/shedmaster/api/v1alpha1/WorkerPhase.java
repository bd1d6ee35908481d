package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where a worker is in its life.
 */
public enum WorkerPhase {
    /** Recorded; nothing was asked of the provider yet. */
    @JsonProperty("Requested")
    REQUESTED,
    /** The provider was asked for the machine. */
    @JsonProperty("Creating")
    CREATING,
    /** The machine exists and boots. */
    @JsonProperty("Booting")
    BOOTING,
    /** The agent has shown itself and gets ready. */
    @JsonProperty("Registering")
    REGISTERING,
    /** It could take a job now. */
    @JsonProperty("Idle")
    IDLE,
    /** It runs a job. */
    @JsonProperty("Busy")
    BUSY,
    /** It takes no more jobs; one may still run. */
    @JsonProperty("Draining")
    DRAINING,
    /** The machine is being deleted. */
    @JsonProperty("Deleting")
    DELETING,
    /** Provider and CI system both say that it is gone. */
    @JsonProperty("Gone")
    GONE,
    /** It will never work; kept for a look or about to be deleted. */
    @JsonProperty("Failed")
    FAILED,
    /** The machine vanished without being asked to. */
    @JsonProperty("Lost")
    LOST,
    /** The provider took the machine back. */
    @JsonProperty("Evicted")
    EVICTED
}
