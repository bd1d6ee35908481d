package dev.shedmaster.machine.azure;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where an Azure cloud is reached.
 *
 * @param resourceManager takes the calls; its token is sent nowhere else
 * @param authority gives tokens for client secrets and federated tokens
 * @param instanceMetadata gives tokens to the machine that the operator runs on
 */
public record AzureEndpoints(URI resourceManager, URI authority, URI instanceMetadata) {
    public static final AzureEndpoints PUBLIC_CLOUD = new AzureEndpoints(
            URI.create("https://management.azure.com"),
            URI.create("https://login.microsoftonline.com"),
            URI.create("http://169.254.169.254"));

    /** What is not given is that of the cloud whose other address is given, and of the public cloud where that tells none. */
    public static AzureEndpoints completing(
            @Nullable URI resourceManager, @Nullable URI authority, @Nullable URI instanceMetadata) {
        AzureCloud cloud = AzureCloud.at(resourceManager, authority);
        return new AzureEndpoints(
                resourceManager == null ? cloud.resourceManager() : resourceManager,
                authority == null ? cloud.authority() : authority,
                instanceMetadata == null ? PUBLIC_CLOUD.instanceMetadata : instanceMetadata);
    }

    /** What a token must be made out for: the cloud's own name of Resource Manager, however it is reached. */
    String audience() {
        return AzureCloud.at(resourceManager, authority).audience();
    }
}
