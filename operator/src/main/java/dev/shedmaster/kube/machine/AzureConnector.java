package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.AzureAuth;
import dev.shedmaster.api.v1alpha1.AzureEndpoints;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.AzureSubscriptionSpec;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.machine.azure.AzureAccount;
import dev.shedmaster.machine.azure.AzureMachineProvider;
import dev.shedmaster.machine.azure.RequestBucket;
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

    private static final int CALLS_AT_ONCE = 256;

    private final String installation;
    private final ApiClients clients;
    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, String> environment;

    public AzureConnector(
            String installation,
            ApiClients clients,
            MeterRegistry meters,
            InstantSource clock,
            Map<String, String> environment) {
        this.installation = installation;
        this.clients = clients;
        this.meters = meters;
        this.clock = clock;
        this.environment = environment;
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
                endpoints(spec.endpoints()),
                auth(spec.auth(), secret),
                new AzureAccount.Limits(spec.limits().vcpus(), spec.limits().workers()),
                rates(spec.limits().requests()),
                null,
                null);
    }

    private static dev.shedmaster.machine.azure.AzureEndpoints endpoints(@Nullable AzureEndpoints given) {
        dev.shedmaster.machine.azure.AzureEndpoints usual = dev.shedmaster.machine.azure.AzureEndpoints.PUBLIC_CLOUD;
        return given == null
                ? usual
                : new dev.shedmaster.machine.azure.AzureEndpoints(
                        uri(given.resourceManager(), usual.resourceManager()),
                        usual.audience(),
                        uri(given.authority(), usual.authority()),
                        uri(given.instanceMetadata(), usual.instanceMetadata()));
    }

    private static URI uri(@Nullable String given, URI usual) {
        return given == null ? usual : URI.create(given.endsWith("/") ? given.substring(0, given.length() - 1) : given);
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
            String file = auth.workloadIdentity().tokenFile() != null
                    ? auth.workloadIdentity().tokenFile()
                    : environment.get(TOKEN_FILE_VARIABLE);
            if (file == null) {
                throw new IllegalArgumentException("spec.auth.workloadIdentity.tokenFile: is not set, and neither is "
                        + TOKEN_FILE_VARIABLE + ": label the operator's pod for workload identity, or name the file");
            }
            return new dev.shedmaster.machine.azure.AzureAuth.WorkloadIdentity(
                    auth.workloadIdentity().tenantId(), auth.workloadIdentity().clientId(), Path.of(file));
        }
        return new dev.shedmaster.machine.azure.AzureAuth.ManagedIdentity(
                auth.managedIdentity() == null ? null : auth.managedIdentity().clientId());
    }

    private static RequestRates rates(dev.shedmaster.api.v1alpha1.RequestRates given) {
        return RequestRates.PUBLISHED
                .with(RequestBucket.ARM_WRITES, new RequestRates.Rate(given.burst(), given.writesPerSecond()))
                .with(RequestBucket.ARM_DELETES, new RequestRates.Rate(given.burst(), given.deletesPerSecond()))
                .with(RequestBucket.ARM_READS, new RequestRates.Rate(given.burst(), given.readsPerSecond()))
                .withConcurrency(CALLS_AT_ONCE);
    }
}
