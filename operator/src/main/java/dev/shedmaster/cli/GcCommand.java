package dev.shedmaster.cli;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.kube.machine.AzureConnector;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.ReferencedObjects;
import dev.shedmaster.kube.status.SecretValues;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineProvider;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what was left behind in accounts. The running operator deletes it; this command only looks. */
@Command(
        name = "gc",
        description = {
            "List what no worker accounts for in the accounts. The running operator deletes it by itself, after"
                    + " two looks and spec.leakCollection.gracePeriod.",
            "Exit status: 0 if nothing is left behind, 4 if something is, 2 for an argument that cannot be, 1 if the"
                    + " cluster or an account could not be asked."
        },
        mixinStandardHelpOptions = true)
final class GcCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private Cluster cluster = new Cluster();

    @Mixin
    private AzureTrust trust = new AzureTrust();

    @Option(
            names = "--operator-namespace",
            description =
                    "Namespace that the operator runs in, whose UID marks what is its own. Default: POD_NAMESPACE, else"
                            + " the kubeconfig's current one.")
    private @Nullable String operatorNamespace;

    @Option(names = "--dry-run", description = "Only list. Must be given: one look is not enough to delete anything.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (!dryRun) {
            throw CommandProblem.inArgument("gc only lists, and wants to hear it: pass --dry-run. The running operator"
                    + " deletes what is left behind, after two looks and a grace period");
        }
        return Cluster.ask(this::look);
    }

    private int look(KubernetesClient client) {
        PrintWriter out = spec.commandLine().getOut();
        MeterRegistry meters = new SimpleMeterRegistry();
        try (ApiClients clients = new ApiClients(meters)) {
            String namespace =
                    operatorNamespace == null ? Cluster.ownNamespace(client, System.getenv()) : operatorNamespace;
            String installation = cluster.installation(client, namespace);
            out.println("looking for what was made by " + cluster.describe(installation, namespace));
            AzureConnector connector = new AzureConnector(
                    installation, clients, meters, InstantSource.system(), System.getenv(), trust.endpoints());
            return new LeftoverList(out, subscription -> leftovers(client, connector, subscription))
                    .print(Served.list(client, AzureSubscription.class, cluster.namespaces()));
        }
    }

    private Outcome<Set<Leftover>> leftovers(
            KubernetesClient client, AzureConnector connector, AzureSubscription subscription) {
        return secret(client, subscription).then(secret -> leftovers(client, connector, subscription, secret));
    }

    private Outcome<Set<Leftover>> leftovers(
            KubernetesClient client,
            AzureConnector connector,
            AzureSubscription subscription,
            Map<String, String> secret) {
        try (MachineProvider provider = connector.connect(subscription, secret)) {
            Set<String> known = Served.list(client, Worker.class, cluster.namespaces()).stream()
                    .map(Names::of)
                    .collect(Collectors.toSet());
            return provider.leftovers(known);
        } catch (IllegalArgumentException e) {
            return Outcome.failed(new PortError.Invalid("spec", String.valueOf(e.getMessage())));
        }
    }

    private static Outcome<Map<String, String>> secret(KubernetesClient client, AzureSubscription subscription) {
        if (subscription.getSpec().auth().clientSecret() == null) {
            return Outcome.done(Map.of());
        }
        String name = subscription.getSpec().auth().clientSecret().secretRef().name();
        String namespace = subscription.getMetadata().getNamespace();
        try {
            Secret secret =
                    client.secrets().inNamespace(namespace).withName(name).get();
            return secret == null
                    ? Outcome.failed(ReferencedObjects.missingSecret(namespace, name))
                    : Outcome.done(SecretValues.of(secret));
        } catch (KubernetesClientException e) {
            return Outcome.failed(
                    new PortError.Transient(String.valueOf(ClusterTrouble.of(e).getMessage())));
        }
    }
}
