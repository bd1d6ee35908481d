package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * An application of Microsoft Entra with a client secret.
 */
@ApiRecord
public record ClientSecretAuth(
        @JsonPropertyDescription("Id of the tenant.") @Required @Pattern(Forms.UUID) @Size(min = 1, max = 36)
        String tenantId,

        @JsonPropertyDescription("Id of the application.") @Required @Pattern(Forms.UUID) @Size(min = 1, max = 36)
        String clientId,

        @JsonPropertyDescription("A Secret with the key clientSecret.") @Required
        SecretReference secretRef) {}
