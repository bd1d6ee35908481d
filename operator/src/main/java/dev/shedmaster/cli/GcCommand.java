package dev.shedmaster.cli;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.http.ApiClients;
import dev.shedmaster.kube.machine.AzureConnector;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.SecretValues;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineProvider;
import dev.shedmaster.port.Outcome;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists what was left behind in accounts. The running operator deletes it; this command only looks. */
@Command(
        name = "gc",
        description =
                "List what no worker accounts for in the accounts. The running operator deletes it by itself, after"
                        + " two looks and spec.leakCollection.gracePeriod.",
        mixinStandardHelpOptions = true)
final class GcCommand implements Callable<Integer> {
    private static final int FOUND = 4;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private Cluster cluster = new Cluster();

    @Option(names = "--dry-run", description = "Only list. Must be given: one look is not enough to delete anything.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (!dryRun) {
            throw new CommandProblem("gc only lists, and wants to hear it: pass --dry-run. The running operator deletes"
                    + " what is left behind, after two looks and a grace period");
        }
        PrintWriter out = spec.commandLine().getOut();
        MeterRegistry meters = new SimpleMeterRegistry();
        int found = 0;
        int failed = 0;
        try (KubernetesClient client = Cluster.connect();
                ApiClients clients = new ApiClients(meters)) {
            String installation = cluster.installation(client, Cluster.ownNamespace(client, System.getenv()));
            AzureConnector connector =
                    new AzureConnector(installation, clients, meters, InstantSource.system(), System.getenv());
            for (AzureSubscription subscription : Served.list(client, AzureSubscription.class, cluster.namespaces())) {
                switch (leftovers(client, connector, subscription)) {
                    case Outcome.Done<Set<Leftover>> done -> {
                        print(out, subscription, done.value());
                        found += done.value().size();
                    }
                    case Outcome.Failed<Set<Leftover>> error -> {
                        out.println(Names.of(subscription) + ": could not be read: "
                                + error.error().message());
                        failed++;
                    }
                }
            }
        }
        if (failed > 0) {
            return 1;
        }
        return found > 0 ? FOUND : 0;
    }

    private static void print(PrintWriter out, AzureSubscription subscription, Set<Leftover> leftovers) {
        if (leftovers.isEmpty()) {
            out.println(Names.of(subscription) + ": nothing is left behind");
            return;
        }
        out.println(Names.of(subscription) + ": " + leftovers.size() + " left behind");
        leftovers.stream()
                .sorted(Comparator.comparing(Leftover::id))
                .forEach(leftover -> out.printf(
                        "  %-18s %-44s made for worker %s%n", leftover.kind(), leftover.name(), leftover.worker()));
    }

    private Outcome<Set<Leftover>> leftovers(
            KubernetesClient client, AzureConnector connector, AzureSubscription subscription) {
        try (MachineProvider provider = connector.connect(subscription, secret(client, subscription))) {
            Set<String> known = Served.list(client, Worker.class, cluster.namespaces()).stream()
                    .map(Names::of)
                    .collect(Collectors.toSet());
            return provider.leftovers(known);
        } catch (IllegalArgumentException e) {
            throw new CommandProblem(Names.of(subscription) + ": " + e.getMessage());
        }
    }

    private static Map<String, String> secret(KubernetesClient client, AzureSubscription subscription) {
        if (subscription.getSpec().auth().clientSecret() == null) {
            return Map.of();
        }
        String name = subscription.getSpec().auth().clientSecret().secretRef().name();
        Secret secret = client.secrets()
                .inNamespace(subscription.getMetadata().getNamespace())
                .withName(name)
                .get();
        if (secret == null) {
            throw new CommandProblem("there is no Secret " + name + ": create it");
        }
        return SecretValues.of(secret);
    }
}
