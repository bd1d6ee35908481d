package dev.shedmaster.suite.run;

import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.controlplane.ControlPlaneFailure;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.estate.CapacityRule;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.suite.world.ImageShop;
import dev.shedmaster.suite.world.Lab;
import dev.shedmaster.suite.world.LabOptions;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** {@code make run}: everything on this machine, and a night of real demand to watch. */
public final class RunMain {
    private static final int BAD_OPTION = 2;
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;
    /** 143 is what a Java program that has ended in order after a SIGTERM says. */
    private static final Set<Integer> WELL_STOPPED = Set.of(0, 143);

    private static final Duration OPERATOR_READY_WITHIN = Duration.ofSeconds(90);
    /** So many of the largest machines are to be had as spot ones, so that the next placement has its turn too. */
    private static final int LARGE_SPOT_MACHINES = 6;

    private static final String LARGE = "Standard_D32ds_v5";

    private final RunOptions options;
    private final Night night;
    private final EndRequest end;
    private final RunFolder folder;
    private final PrintStream out;

    private RunMain(RunOptions options, Night night, EndRequest end, RunFolder folder, PrintStream out) {
        this.options = options;
        this.night = night;
        this.end = end;
        this.folder = folder;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        RunOptions options;
        Night night;
        try {
            options = RunOptions.parse(arguments);
            if (options.help()) {
                out.print(RunOptions.USAGE);
                return 0;
            }
            night = Night.chosen(options);
        } catch (RunOptions.BadOption e) {
            System.err.println("shedmaster: " + e.getMessage());
            return BAD_OPTION;
        }
        try (RunFolder folder = RunFolder.create()) {
            // Before the first logger.
            System.setProperty("shedmaster.run.log", folder.labLog().toString());
            System.setProperty("logback.configurationFile", "logback-run.xml");
            return new RunMain(options, night, EndRequest.listening(), folder, out).run();
        }
    }

    private int run() throws IOException, InterruptedException {
        try {
            return inTheWorld();
        } catch (ControlPlaneFailure e) {
            System.err.println("shedmaster: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            folder.keep();
            System.err.println("shedmaster: " + e.getMessage() + "\nLogs: " + folder.path());
        }
        return FAILED;
    }

    private int inTheWorld() throws IOException, InterruptedException {
        Path repository = repository();
        Optional<String> missing = options.realHost() ? EmulatedHost.missing(repository) : Optional.empty();
        if (missing.isPresent()) {
            System.err.println("shedmaster: " + missing.get());
            return FAILED;
        }
        out.println("Starting a Kubernetes control plane and the lab …");
        Ports ports = Ports.free();
        ControlPlane.Options controlPlane =
                ControlPlane.Options.defaults().withControllers().withLog(line -> out.println("  " + line));
        NightSummary summary;
        boolean stoppedWell;
        try (ImageShop images = new ImageShop(ports.images());
                World world = World.start(controlPlane, lab(ports), folder.path());
                RentedServers servers = rent(world.lab(), repository)) {
            end.willBeObeyed();
            apply(world, repository, images, servers);
            out.println("Starting the operator …");
            try (OperatorProcess operator = start(world, ports)) {
                summary = awaitReady(operator)
                        ? watch(world, operator)
                        : NightSummary.ofNoNight(options.speed(), operatorNotReady(operator));
                out.println("Ending the operator, the lab and the control plane …");
                stoppedWell = !operator.isRunning() || WELL_STOPPED.contains(operator.stop());
            }
        }
        return tell(summary, stoppedWell);
    }

    /** An emulated host is in a namespace of its own. */
    private OperatorProcess start(World world, Ports ports) {
        String[] arguments = {"--http-port", String.valueOf(ports.operator())};
        return options.realHost()
                ? world.installed(List.of("watchNamespaces=[]")).startOperatorForAll(arguments)
                : world.startOperator(arguments);
    }

    private LabOptions lab(Ports ports) {
        return LabOptions.of(
                        JenkinsOptions.swiftAmongOthers().onPort(ports.jenkins()),
                        options.speed(),
                        azure -> azure.withPorts(ports.azure()).withCapacity(spotIsShort()))
                .withRobot(robot -> robot.withPort(ports.robot()));
    }

    private static List<CapacityRule> spotIsShort() {
        return List.of(CapacityRule.of(
                FaultScope.everything().atSize(LARGE).withPriority(CallFacts.Priority.SPOT), LARGE_SPOT_MACHINES));
    }

    private RentedServers rent(Lab lab, Path repository) throws IOException {
        if (!options.realHost()) {
            return RentedServers.light(lab.robot());
        }
        out.println("Turning on an emulated server (its rescue system is made once, which takes minutes) …");
        return RentedServers.withEmulated(lab, repository, Files.createDirectory(folder.emulated()));
    }

    private void apply(World world, Path repository, ImageShop images, RentedServers servers)
            throws IOException, InterruptedException {
        Path manifests = LabManifests.fitting(repository, world.lab(), images, folder.path());
        Files.writeString(folder.hostKey(), ClientKey.fresh().privateKey());
        out.println("export KUBECONFIG=" + world.cluster().controlPlane().kubeconfig());
        Kubectl kubectl = new Kubectl(world.cluster().controlPlane(), World.NAMESPACE, out);
        kubectl.types("create", "secret", "generic", "host-key", "--from-file=ssh-privatekey=" + folder.hostKey());
        kubectl.types("apply", "--filename", manifests.toString());
        if (servers.emulated().isPresent()) {
            String manifest = servers.emulated().get().manifest().toString();
            kubectl.in(EmulatedHost.NAMESPACE).types("apply", "--filename", manifest);
        }
    }

    /** The repository that this program is of: where there are examples for the lab. */
    private static Path repository() throws IOException {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("examples/lab"))) {
                return folder;
            }
        }
        throw new IOException("examples/lab is in no folder above "
                + Path.of("").toAbsolutePath() + ": run it inside the repository");
    }

    private boolean awaitReady(OperatorProcess operator) throws InterruptedException {
        Instant deadline = Instant.now().plus(OPERATOR_READY_WITHIN);
        while (operator.isRunning() && !end.isMade() && Instant.now().isBefore(deadline)) {
            if (operator.isReady()) {
                return true;
            }
            end.await(Duration.ofMillis(100));
        }
        return false;
    }

    private String operatorNotReady(OperatorProcess operator) {
        if (end.isMade()) {
            return "ended before the operator was ready";
        }
        OptionalInt status = operator.exitCode();
        String what = status.isPresent()
                ? "the operator ended with status " + status.getAsInt()
                : "the operator was not ready after " + OPERATOR_READY_WITHIN.toSeconds() + " s";
        return what + OperatorTail.of(operator);
    }

    private NightSummary watch(World world, OperatorProcess operator) throws IOException, InterruptedException {
        NightPage page = new NightPage(addresses(world, operator));
        try (Terminal terminal = TerminalBuilder.builder()
                        .system(true)
                        .systemOutput(TerminalBuilder.SystemOutput.SysOut)
                        .dumb(true)
                        .nativeSignals(false)
                        .build();
                Screen screen = screen(page, terminal)) {
            return new NightRun(world, operator, options, night, end).watchOn(screen);
        }
    }

    private Screen screen(NightPage page, Terminal terminal) {
        if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
            addressesFirst(page);
            return new LoggedScreen(page, out, InstantSource.system());
        }
        return new DrawnScreen(page, terminal, out);
    }

    private void addressesFirst(NightPage page) {
        page.addresses().forEach(out::println);
    }

    private static List<String> addresses(World world, OperatorProcess operator) {
        return List.of(
                "LOOK AT   export KUBECONFIG=" + world.cluster().controlPlane().kubeconfig()
                        + "   then: kubectl get shedmaster --namespace " + World.NAMESPACE,
                "          Jenkins  " + world.lab().jenkins().url(),
                "          Robot    " + world.lab().robot().url().resolve("/lab/state"),
                "          Azure    " + world.lab().azure().armUrl().resolve("/lab/state"),
                "          operator " + operator.address().orElseThrow().resolve("/metrics") + "   log "
                        + operator.logFile());
    }

    private int tell(NightSummary summary, boolean stoppedWell) {
        boolean interrupted = end.isMade();
        out.println();
        summary.lines().forEach(out::println);
        if (!stoppedWell) {
            out.println("The operator did not end well.");
        }
        boolean operatorFailed = summary.operator().isPresent() || !stoppedWell;
        if (interrupted && !operatorFailed) {
            return options.once() ? INTERRUPTED : 0;
        }
        int status = stoppedWell ? summary.exitStatus() : FAILED;
        if (status != 0) {
            folder.keep();
            out.println("Logs: " + folder.path());
        }
        return status;
    }
}
