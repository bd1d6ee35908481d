package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * An application of Microsoft Entra with a federated credential for the operator's service account.
 */
@ApiRecord
public record WorkloadIdentityAuth(
        @JsonPropertyDescription("Id of the tenant.") @Required @Pattern(Forms.UUID) @Size(min = 1, max = 36)
        String tenantId,

        @JsonPropertyDescription("Id of the application.") @Required @Pattern(Forms.UUID) @Size(min = 1, max = 36)
        String clientId,

        @JsonPropertyDescription(
                "File with the service account's token. Absent: that of the Azure workload identity webhook.")
        @Pattern(Forms.ABSOLUTE_PATH)
        @Size(min = 1, max = 512)
        @Nullable
        String tokenFile) {}
