package dev.shedmaster.cli;

import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.label.Excerpt;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.kube.status.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells which pools would serve a job. */
@Command(
        name = "match",
        description = {
            "Tell which pools would serve a job that asks for a label expression, and why the others would not: other"
                    + " labels, another or an unusable JenkinsServer, a pool that is paused or not ready.",
            "Exit status: 0 if a pool serves it, 4 if none does, 2 for an argument that cannot be, 1 if the cluster"
                    + " cannot be asked."
        },
        mixinStandardHelpOptions = true)
final class MatchCommand implements Callable<Integer> {
    private static final String EXPRESSION = "EXPRESSION";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private Cluster cluster = new Cluster();

    @Option(
            names = ServerChoice.OPTION,
            paramLabel = "[NAMESPACE/]NAME",
            description = "The JenkinsServer where the job waits. Default: any.")
    private @Nullable String server;

    @Parameters(
            paramLabel = EXPRESSION,
            description = "What the job asks for, in Jenkins' label language, such as 'amd64 && kvm'. Empty: nothing.")
    private String expression = "";

    @Override
    public Integer call() {
        Requirement requirement = requirement();
        return Cluster.ask(client -> answer(client, requirement));
    }

    private int answer(KubernetesClient client, Requirement requirement) {
        List<WorkerPool> pools = Served.list(client, WorkerPool.class, cluster.namespaces());
        Map<String, JenkinsServer> servers = Served.list(client, JenkinsServer.class, cluster.namespaces()).stream()
                .collect(Collectors.toMap(Names::of, Function.identity()));
        String source = server == null ? null : ServerChoice.of(server, named(pools, servers));
        PoolJudge judge = new PoolJudge(requirement, source, servers, Instant.now());
        return new MatchTable(spec.commandLine().getOut(), judge).print(pools);
    }

    private static Set<String> named(List<WorkerPool> pools, Map<String, JenkinsServer> servers) {
        Set<String> named = new TreeSet<>(servers.keySet());
        pools.forEach(pool -> PoolJudge.serverOf(pool).ifPresent(named::add));
        return named;
    }

    private Requirement requirement() {
        if (expression.isBlank()) {
            return new Unlabelled();
        }
        try {
            return new Labelled(LabelExpression.parse(expression));
        } catch (LabelSyntaxException e) {
            throw CommandProblem.inArgument(EXPRESSION + " \"" + Excerpt.around(expression, e.position())
                    + "\" is not a label expression: " + e.getMessage());
        }
    }
}
