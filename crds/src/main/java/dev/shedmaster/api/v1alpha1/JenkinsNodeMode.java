package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which builds a Jenkins node takes.
 */
public enum JenkinsNodeMode {
    /** Only builds whose label expression asks for it. */
    @JsonProperty("Exclusive")
    EXCLUSIVE,
    /** Also builds without a label expression. */
    @JsonProperty("Normal")
    NORMAL
}
