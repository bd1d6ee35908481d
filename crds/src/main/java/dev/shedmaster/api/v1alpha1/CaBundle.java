package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/**
 * Certificates to trust.
 */
@ApiRecord
public record CaBundle(
        @JsonPropertyDescription("A ConfigMap with certificates in PEM form.") @Required
        ConfigMapKeyReference configMapRef) {}
