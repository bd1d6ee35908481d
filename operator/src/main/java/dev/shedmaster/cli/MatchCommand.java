package dev.shedmaster.cli;

import dev.shedmaster.api.v1alpha1.JenkinsBinding;
import dev.shedmaster.api.v1alpha1.JenkinsNodeMode;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.kube.status.Names;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells which pools would serve a job. */
@Command(
        name = "match",
        description =
                "Tell which pools would serve a job that asks for a label expression, and why the others would not.",
        mixinStandardHelpOptions = true)
final class MatchCommand implements Callable<Integer> {
    private static final int NOBODY_SERVES = 4;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private Cluster cluster = new Cluster();

    @Parameters(
            paramLabel = "EXPRESSION",
            description = "What the job asks for, in Jenkins' label language, such as 'amd64 && kvm'. Empty: nothing.")
    private String expression = "";

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Requirement requirement = requirement();
        int serving = 0;
        try (KubernetesClient client = Cluster.connect()) {
            List<WorkerPool> pools = Served.list(client, WorkerPool.class, cluster.namespaces()).stream()
                    .sorted(Comparator.comparing(Names::of))
                    .toList();
            for (WorkerPool pool : pools) {
                String whyNot = whyNot(pool, requirement);
                serving += whyNot.isEmpty() ? 1 : 0;
                out.printf("%-4s %-40s %s%n", whyNot.isEmpty() ? "yes" : "no", Names.of(pool), whyNot);
            }
            if (pools.isEmpty()) {
                out.println("there are no pools");
            }
        }
        return serving > 0 ? 0 : NOBODY_SERVES;
    }

    private Requirement requirement() {
        if (expression.isBlank()) {
            return new Unlabelled();
        }
        try {
            return new Labelled(LabelExpression.parse(expression));
        } catch (LabelSyntaxException e) {
            throw new CommandProblem("\"" + expression + "\" is not a label expression: " + e.getMessage());
        }
    }

    /** Empty if the pool serves the requirement. */
    private static String whyNot(WorkerPool pool, Requirement requirement) {
        JenkinsBinding jenkins = pool.getSpec().ci().jenkins();
        if (jenkins == null) {
            return "it serves no Jenkins";
        }
        boolean exclusive = jenkins.mode() == JenkinsNodeMode.EXCLUSIVE;
        Set<String> labels = Set.copyOf(jenkins.labels());
        return requirement.servedBy(labels, exclusive)
                ? ""
                : String.join(" and ", requirement.unmetBy(labels, exclusive));
    }
}
