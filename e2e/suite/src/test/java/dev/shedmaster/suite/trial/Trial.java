package dev.shedmaster.suite.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.HetznerAccount;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.azure.admin.StateReport;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One test's own world, or several, and what is left to do when the test is over. */
public final class Trial implements AutoCloseable {
    /** Nothing here takes a tenth of that on an idle machine. */
    public static final Duration PATIENCE = Duration.ofMinutes(4);

    /** How many seconds pass for Azure in one real second: a machine boots within two of ours. */
    public static final double SPEED = 25;

    private static final Duration COMES_BACK_WITHIN = Duration.ofSeconds(45);

    private final SharedClusters clusters;
    private final String test;
    private final int logBefore;
    private final List<World> worlds = new ArrayList<>();

    Trial(SharedClusters clusters, String test) {
        this.clusters = clusters;
        this.test = test;
        this.logBefore = clusters.hasOperator() ? clusters.operator().log().length() : 0;
    }

    /** A namespace with a lab of its own, which the common operator serves, with connections to the lab's both systems. */
    public World served() {
        return served(UnaryOperator.identity());
    }

    public World served(UnaryOperator<Options> azure) {
        return served(SPEED, azure);
    }

    /** The same with another speed of Azure's time. */
    public World served(double speed, UnaryOperator<Options> azure) {
        return added(World.in(
                clusters.served(),
                clusters.freshNamespace(test),
                jenkins(),
                speed,
                options -> azure.apply(brisk(options))));
    }

    /** A namespace with a lab of its own and the chart's rights, and no operator yet. */
    public World unserved() {
        return unserved(UnaryOperator.identity());
    }

    public World unserved(UnaryOperator<Options> azure) {
        return added(World.in(
                        clusters.unserved(),
                        clusters.freshNamespace(test),
                        jenkins(),
                        SPEED,
                        options -> azure.apply(brisk(options)))
                .installed(List.of()));
    }

    /** Swift, but for what agents need that try to come back: the real ones pause for up to ten seconds. */
    private static JenkinsOptions jenkins() {
        JenkinsOptions swift = JenkinsOptions.swiftAmongOthers();
        return swift.with(swift.settings().withLostAgentTimeout(COMES_BACK_WITHIN));
    }

    /** Azure advises to follow an operation every five seconds, whatever speed the lab has. */
    private static Options brisk(Options options) {
        return options.withPollInterval(Duration.ofSeconds(1));
    }

    private World added(World world) {
        worlds.add(world);
        return world;
    }

    /** The operator that serves all namespaces of {@link #served()}. */
    public OperatorProcess operator() {
        return clusters.operator();
    }

    /**
     * Deletes everything that the user has made, all at once, and waits until nothing is left at Kubernetes, Azure and
     * Jenkins. An operator must run.
     */
    void endsWithNothing() {
        for (World world : worlds) {
            world.lab().jenkins().faults().clear();
            world.lab().azure().faults().clear();
            world.all(WorkerPool.class).delete();
            world.all(JenkinsServer.class).delete();
            world.all(AzureSubscription.class).delete();
            world.all(HetznerAccount.class).delete();
        }
        for (World world : worlds) {
            await("nothing is left of " + world.namespace()).atMost(PATIENCE).untilAsserted(() -> assertNothing(world));
        }
    }

    /** Whether no machine, interface, disk, address, node and object of ours is there. */
    private static void assertNothing(World world) {
        Nothingness.assertNoMachines(world);
        assertThat(world.all(Worker.class).list().getItems()).isEmpty();
        assertThat(world.all(WorkerPool.class).list().getItems()).isEmpty();
        assertThat(world.all(JenkinsServer.class).list().getItems()).isEmpty();
        assertThat(world.all(AzureSubscription.class).list().getItems()).isEmpty();
        assertThat(world.all(HetznerAccount.class).list().getItems()).isEmpty();
    }

    /** Shows everything that tells why a test failed. */
    void explain(Appendable out) throws java.io.IOException {
        for (World world : worlds) {
            out.append("\n===== ").append(world.namespace()).append(" =====\n");
            out.append(world.cluster()
                    .kubectl(
                            "get",
                            "workerpools,workers,jenkinsservers,azuresubscriptions,hetzneraccounts,baremetalhosts",
                            "-o",
                            "yaml",
                            "--show-managed-fields=false",
                            "-n",
                            world.namespace()));
            StateReport azure = world.lab().azure().report();
            out.append("Azure: ").append(azure.totals().toString()).append('\n');
            for (var life : azure.lives()) {
                out.append("  ").append(life.toString()).append('\n');
            }
            out.append("Azure's calls: ")
                    .append(world.lab().azure().calls().counts().toString())
                    .append('\n');
            out.append("Jenkins: ")
                    .append(world.lab().jenkins().controller().nodes().all().toString())
                    .append('\n');
            world.lab()
                    .jenkins()
                    .controller()
                    .jobs()
                    .all()
                    .forEach(job -> job.builds().forEach(build -> {
                        append(
                                out,
                                "  " + build.displayName() + " on " + build.builtOn() + ": " + build.result() + "\n");
                    }));
            for (OperatorProcess operator : world.operators()) {
                append(out, "--- an operator's log, " + (operator.isRunning() ? "running" : "ended") + "\n");
                append(out, operator.log());
            }
        }
        if (clusters.hasOperator()) {
            out.append("--- the common operator's log meanwhile, of these namespaces\n");
            clusters.operator()
                    .log()
                    .substring(logBefore)
                    .lines()
                    .filter(line -> worlds.stream().anyMatch(world -> line.contains(world.namespace())))
                    .forEach(line -> append(out, line + "\n"));
        }
    }

    private static void append(Appendable out, String text) {
        try {
            out.append(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        worlds.forEach(World::close);
    }
}
