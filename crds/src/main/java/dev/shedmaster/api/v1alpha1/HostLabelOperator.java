package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What is asked of one label of a host.
 */
public enum HostLabelOperator {
    /** It has one of the values. */
    @JsonProperty("In")
    IN,
    /** It has none of the values, or is not there. */
    @JsonProperty("NotIn")
    NOT_IN,
    /** It is there. */
    @JsonProperty("Exists")
    EXISTS,
    /** It is not there. */
    @JsonProperty("DoesNotExist")
    DOES_NOT_EXIST
}
