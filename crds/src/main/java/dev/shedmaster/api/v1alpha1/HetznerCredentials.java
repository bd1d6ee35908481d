package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * How the operator signs in to Robot.
 */
@ApiRecord
public record HetznerCredentials(
        @JsonPropertyDescription(
                "A Secret with the keys username (a webservice user, such as #ws+abcdefgh) and password.")
        @Required
        SecretReference secretRef) {}
