package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.AzureAuth;
import dev.shedmaster.api.v1alpha1.AzureEndpoints;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.AzureSubscriptionSpec;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.kube.status.Addresses;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.machine.azure.AzureAccount;
import dev.shedmaster.machine.azure.AzureMachineProvider;
import dev.shedmaster.machine.azure.RequestRates;
import dev.shedmaster.port.MachineProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens connections to Azure subscriptions. */
public final class AzureConnector {
    /** Where the Azure workload identity webhook says that the token is. */
    static final String TOKEN_FILE_VARIABLE = "AZURE_FEDERATED_TOKEN_FILE";

    /** Where the pod's token for Azure is projected to; what lies elsewhere was not made for Azure. */
    private static final Path TOKENS = Path.of("/var/run/secrets/azure");

    private static final int CALLS_AT_ONCE = 128;

    private final String installation;
    private final ApiClients clients;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, String> environment;
    private final TrustedEndpoints trusted;

    public AzureConnector(
            String installation,
            ApiClients clients,
            MeterRegistry meters,
            InstantSource clock,
            Map<String, String> environment,
            TrustedEndpoints trusted) {
        this.installation = installation;
        this.clients = clients;
        this.meters = meters;
        this.clock = clock;
        this.environment = environment;
        this.trusted = trusted;
    }

    /**
     * Opens a connection; no call is made yet.
     *
     * @param secret the values of the Secret that {@code spec.auth} refers to; empty if it refers to none
     * @throws IllegalArgumentException naming the field that cannot be used, and why
     */
    public MachineProvider connect(AzureSubscription subscription, Map<String, String> secret) {
        return new AzureMachineProvider(account(subscription, secret), clients, meters, clock);
    }

    private AzureAccount account(AzureSubscription subscription, Map<String, String> secret) {
        AzureSubscriptionSpec spec = subscription.getSpec();
        return new AzureAccount(
                Names.of(subscription),
                installation,
                spec.subscriptionId(),
                spec.resourceGroup(),
                spec.location(),
                endpoints(spec),
                auth(spec.auth(), secret),
                new AzureAccount.Limits(spec.limits().vcpus(), spec.limits().workers()),
                rates(spec.limits().requests()));
    }

    /** A client secret is the user's own, to be shown wherever he wants; the other identities are the operator's. */
    private dev.shedmaster.machine.azure.AzureEndpoints endpoints(AzureSubscriptionSpec spec) {
        dev.shedmaster.machine.azure.AzureEndpoints endpoints = endpoints(spec.endpoints());
        if (spec.auth().clientSecret() == null) {
            trusted.check(endpoints);
        }
        return endpoints;
    }

    private static dev.shedmaster.machine.azure.AzureEndpoints endpoints(@Nullable AzureEndpoints given) {
        return given == null
                ? dev.shedmaster.machine.azure.AzureEndpoints.PUBLIC_CLOUD
                : dev.shedmaster.machine.azure.AzureEndpoints.completing(
                        uri("resourceManager", given.resourceManager()),
                        uri("authority", given.authority()),
                        uri("instanceMetadata", given.instanceMetadata()));
    }

    private static @Nullable URI uri(String field, @Nullable String given) {
        return given == null
                ? null
                : Addresses.of(
                        "spec.endpoints." + field,
                        given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
    }

    private dev.shedmaster.machine.azure.AzureAuth auth(AzureAuth auth, Map<String, String> secret) {
        if (auth.clientSecret() != null) {
            String value = secret.get("clientSecret");
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("spec.auth.clientSecret.secretRef: the Secret "
                        + auth.clientSecret().secretRef().name() + " has no key clientSecret: add it");
            }
            return new dev.shedmaster.machine.azure.AzureAuth.ClientSecret(
                    auth.clientSecret().tenantId(), auth.clientSecret().clientId(), value);
        }
        if (auth.workloadIdentity() != null) {
            return new dev.shedmaster.machine.azure.AzureAuth.WorkloadIdentity(
                    auth.workloadIdentity().tenantId(),
                    auth.workloadIdentity().clientId(),
                    tokenFile(auth.workloadIdentity().tokenFile()));
        }
        return new dev.shedmaster.machine.azure.AzureAuth.ManagedIdentity(
                auth.managedIdentity() == null ? null : auth.managedIdentity().clientId());
    }

    /** The environment is the word of who installed the operator; a spec is not, and may name no other token of the pod. */
    private Path tokenFile(@Nullable String given) {
        if (given != null) {
            Path file = Path.of(given).normalize();
            if (!file.startsWith(TOKENS) || file.equals(TOKENS)) {
                throw new IllegalArgumentException(
                        "spec.auth.workloadIdentity.tokenFile: " + given + " does not lie below " + TOKENS
                                + ", where the pod's token for Azure is: leave the field out, or name a file there");
            }
            return file;
        }
        String file = environment.get(TOKEN_FILE_VARIABLE);
        if (file == null) {
            throw new IllegalArgumentException("spec.auth.workloadIdentity.tokenFile: is not set, and neither is "
                    + TOKEN_FILE_VARIABLE + ": label the operator's pod for workload identity, or name the file");
        }
        return Path.of(file);
    }

    private static RequestRates rates(dev.shedmaster.api.v1alpha1.RequestRates given) {
        return RequestRates.PUBLISHED
                .granted(
                        new RequestRates.Rate(given.burst(), given.writesPerSecond()),
                        new RequestRates.Rate(given.burst(), given.deletesPerSecond()),
                        new RequestRates.Rate(given.burst(), given.readsPerSecond()))
                .withConcurrency(CALLS_AT_ONCE);
    }
}
