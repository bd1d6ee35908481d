package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/**
 * How the operator signs in to Azure. Exactly one member is set.
 */
@ApiRecord
/*RULES AzureAuth*/
public record AzureAuth(
        @JsonPropertyDescription("An application with a client secret.") @Nullable
        ClientSecretAuth clientSecret,

        @JsonPropertyDescription("An application that trusts the operator's service account.") @Nullable
        WorkloadIdentityAuth workloadIdentity,

        @JsonPropertyDescription("The identity of the machine that the operator runs on.") @Nullable
        ManagedIdentityAuth managedIdentity) {}
