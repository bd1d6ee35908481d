package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * The node that a worker is in Jenkins.
 */
@ApiRecord
public record JenkinsNode(
        @JsonPropertyDescription("The JenkinsServer.") @Required
        NameReference serverRef,

        @JsonPropertyDescription("Name of the node.") @Required @Size(min = 1, max = 253)
        String node) {}
