package dev.shedmaster.cli;

import dev.shedmaster.http.ApiClients;
import dev.shedmaster.kube.ForwardClock;
import dev.shedmaster.kube.OperatorOptions;
import dev.shedmaster.kube.OperatorRuntime;
import dev.shedmaster.kube.host.HetznerConnector;
import dev.shedmaster.kube.host.HostConnector;
import dev.shedmaster.kube.machine.AzureConnector;
import dev.shedmaster.machine.host.ImageIndexes;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.web.ManagementServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs the operator until it is told to stop, or loses its lease. */
@Command(name = "run", description = "Run the operator.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    /** The lease is lost: whoever starts us again makes us a replica that waits for it. */
    private static final int LEASE_LOST = 3;

    /** Below the 45 s after which Kubernetes kills; the chart takes no less than this (values.schema.json). */
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(40);

    private static final int HIGHEST_PORT = 65_535;

    /** Each may hold a thread and a request to the API server. */
    private static final int MOST_RECONCILIATIONS = 10_000;

    private static final Pattern LEASE_NAME =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    @Mixin
    private Cluster cluster = new Cluster();

    @Mixin
    private AzureTrust trust = new AzureTrust();

    @Option(
            names = "--leader-election",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Act only while holding the lease, which is the default. Without it: only where nothing else can"
                            + " act.")
    private boolean leaderElection = true;

    @Option(
            names = "--lease-name",
            defaultValue = "shedmaster",
            description = "Name of the lease. Default: ${DEFAULT-VALUE}")
    private String leaseName = "shedmaster";

    @Option(
            names = "--http-port",
            defaultValue = "8080",
            description = "Port of /metrics, /livez and /readyz; 0 takes any. Default: ${DEFAULT-VALUE}")
    private int httpPort = 8080;

    @Option(
            names = "--reconciliations",
            defaultValue = "256",
            description = "How many objects are worked on at a time. Default: ${DEFAULT-VALUE}")
    private int reconciliations = 256;

    @Option(
            names = "--look-for-leaks-every",
            defaultValue = "2m",
            converter = SpanConverter.class,
            description = "Pause between two looks for what is left behind. Default: ${DEFAULT-VALUE}")
    private Duration looksForLeaksEvery = Duration.ofMinutes(2);

    @Option(names = LogFormat.OPTION, defaultValue = "plain", description = "plain or json. Default: ${DEFAULT-VALUE}")
    private LogFormat logFormat = LogFormat.PLAIN;

    private final HeadStart headStart;

    RunCommand(HeadStart headStart) {
        this.headStart = headStart;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        logFormat.choose();
        check();
        Logger log = LoggerFactory.getLogger(RunCommand.class);
        OrderlyEnd end = new OrderlyEnd(ENDS_WITHIN);
        PrometheusMeterRegistry meters = meters();
        InstantSource clock = ForwardClock.system();
        try (end;
                KubernetesClient client = headStart.client();
                ApiClients clients = new ApiClients(meters);
                SshConnections connections = new SshConnections(clock, meters);
                OperatorRuntime operator =
                        operator(client, clients, connections, meters, clock, () -> end.ask(LEASE_LOST));
                ManagementServer server =
                        new ManagementServer(httpPort, meters, operator::isAlive, operator::isReady)) {
            log.atInfo().log("Serving metrics and health on port {}", server.port());
            end.listen();
            operator.start();
            log.atInfo().log("Started");
            int status = end.awaitAsked();
            log.atInfo().log("Stopping");
            return status;
        }
    }

    /** What cannot be is said before anything is asked of the cluster. */
    private void check() {
        if (httpPort < 0 || httpPort > HIGHEST_PORT) {
            throw CommandProblem.inArgument("--http-port: must be 0 to " + HIGHEST_PORT + ", is " + httpPort);
        }
        if (reconciliations < 1 || reconciliations > MOST_RECONCILIATIONS) {
            throw CommandProblem.inArgument(
                    "--reconciliations: must be 1 to " + MOST_RECONCILIATIONS + ", is " + reconciliations);
        }
        if (!LEASE_NAME.matcher(leaseName).matches()) {
            throw CommandProblem.inArgument("--lease-name: must be a name as Kubernetes takes it, up to 253 lower-case"
                    + " letters, digits, hyphens and dots, with a letter or digit at both ends; is \"" + leaseName
                    + "\"");
        }
    }

    private OperatorRuntime operator(
            KubernetesClient client,
            ApiClients clients,
            SshConnections connections,
            PrometheusMeterRegistry meters,
            InstantSource clock,
            Runnable onStopLeading) {
        String namespace = Cluster.ownNamespace(client, System.getenv());
        String installation = cluster.installation(client, namespace);
        LoggerFactory.getLogger(RunCommand.class)
                .atInfo()
                .log("Machines and agents are marked as made by {}", cluster.describe(installation, namespace));
        SecureRandom random = new SecureRandom();
        ImageIndexes indexes = new ImageIndexes(clients);
        return new OperatorRuntime(
                new OperatorOptions(
                        Set.of(cluster.namespaces()),
                        namespace,
                        identity(System.getenv()),
                        installation,
                        leaderElection,
                        leaseName,
                        looksForLeaksEvery,
                        reconciliations),
                client,
                new JenkinsConnector(installation, clients, clock),
                new AzureConnector(installation, clients, meters, clock, System.getenv(), trust.endpoints()),
                new HetznerConnector(clients, clock),
                new HostConnector(connections, installation, clock),
                indexes::find,
                indexes::find,
                pool -> MachineName.fresh(pool, random).toString(),
                meters,
                clock,
                onStopLeading);
    }

    /** Names this process among the replicas. HOSTNAME is the node's name where a pod uses the node's network. */
    static String identity(Map<String, String> environment) {
        String pod = environment.get("POD_NAME");
        String host = pod == null ? environment.get("HOSTNAME") : pod;
        String name = host == null ? hostName() : host;
        return name + "-" + ProcessHandle.current().pid();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unnamed-host";
        }
    }

    private static PrometheusMeterRegistry meters() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        JvmGcMetrics collector = new JvmGcMetrics();
        collector.bindTo(meters);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(collector::close));
        return meters;
    }
}
