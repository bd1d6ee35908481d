package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * How the operator signs in to Azure. Exactly one member is set.
 */
@ApiRecord
@ValidationRule(
        value =
                "(has(self.clientSecret) ? 1 : 0) + (has(self.workloadIdentity) ? 1 : 0) + (has(self.managedIdentity) ? 1 : 0) == 1",
        message = "set exactly one of auth.clientSecret, auth.workloadIdentity and auth.managedIdentity")
public record AzureAuth(
        @JsonPropertyDescription("An application with a client secret.") @Nullable
        ClientSecretAuth clientSecret,

        @JsonPropertyDescription("An application that trusts the operator's service account.") @Nullable
        WorkloadIdentityAuth workloadIdentity,

        @JsonPropertyDescription("The identity of the machine that the operator runs on.") @Nullable
        ManagedIdentityAuth managedIdentity) {}
