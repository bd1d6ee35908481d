package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * How the operator signs in to Jenkins.
 */
@ApiRecord
public record JenkinsCredentials(
        @JsonPropertyDescription("A Secret with the keys username and token (an API token, not a password).") @Required
        SecretReference secretRef) {}
