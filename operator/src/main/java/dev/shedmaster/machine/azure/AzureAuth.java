package dev.shedmaster.machine.azure;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How the operator proves who it is. */
public sealed interface AzureAuth {

    /** An application with a password. */
    record ClientSecret(String tenantId, String clientId, String secret) implements AzureAuth {
        @Override
        public String toString() {
            return "ClientSecret[tenantId=" + tenantId + ", clientId=" + clientId + ", secret=…]";
        }
    }

    /**
     * An application that trusts the cluster's own tokens.
     *
     * @param tokenFile where the kubelet keeps the pod's token current; read anew for every request
     */
    record WorkloadIdentity(String tenantId, String clientId, Path tokenFile) implements AzureAuth {}

    /**
     * The identity of the Azure machine that the operator runs on.
     *
     * @param clientId which one, where the machine has several
     */
    record ManagedIdentity(@Nullable String clientId) implements AzureAuth {}
}
