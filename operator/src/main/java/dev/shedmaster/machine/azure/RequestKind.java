package dev.shedmaster.machine.azure;

import static dev.shedmaster.machine.azure.RequestBucket.ARM_DELETES;
import static dev.shedmaster.machine.azure.RequestBucket.ARM_READS;
import static dev.shedmaster.machine.azure.RequestBucket.ARM_WRITES;

import java.util.List;

/** What a call draws on. */
public enum RequestKind {
    PUT_VM(ARM_WRITES, RequestBucket.PUT_VM),
    DELETE_VM(ARM_DELETES, RequestBucket.DELETE_VM),
    GET_VM(ARM_READS, RequestBucket.LOW_COST_GET),
    LIST_VMS(ARM_READS, RequestBucket.HIGH_COST_GET),
    POLL_OPERATION(ARM_READS, RequestBucket.GET_OPERATION),
    READ_OTHER(ARM_READS),
    DELETE_OTHER(ARM_DELETES);

    private final List<RequestBucket> buckets;

    RequestKind(RequestBucket... buckets) {
        this.buckets = List.of(buckets);
    }

    /** The front door's bucket first, then the provider's where it has one. */
    List<RequestBucket> buckets() {
        return buckets;
    }
}
