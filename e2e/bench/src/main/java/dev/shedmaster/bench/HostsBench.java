package dev.shedmaster.bench;

import dev.shedmaster.lab.robot.call.CallLog;
import dev.shedmaster.lab.robot.light.host.HostCalls;
import dev.shedmaster.lab.robot.machine.RescueFiles;
import dev.shedmaster.machine.host.SshHostDriver;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshServer;
import dev.shedmaster.suite.world.HostImage;
import dev.shedmaster.suite.world.ImageShop;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What hosts of one's own cost: at rest, at a worker's start, and until they serve. */
final class HostsBench implements AutoCloseable {
    private static final int HOSTS = 200;
    /** What the lab's light hosts have, and what the Debian server of the tests has. */
    private static final String LIGHT_IMAGE = "worker-jenkins";

    private static final String DEBIANS_IMAGE = "busybox";
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration SETTLED = Duration.ofSeconds(15);
    private static final Duration NOW_AND_THEN = Duration.ofMillis(500);
    private static final int BLANK = 5;
    private static final Pattern LISTS =
            Pattern.compile("shedmaster_ssh_commands_seconds_count\\{[^}]*operation=\"list\"[^}]*} (\\S+)");

    private final Figures figures;
    private final Path launcher;
    private final SshConnections connections = new SshConnections(InstantSource.system(), new SimpleMeterRegistry());

    /** @param launcher of the packaged operator */
    HostsBench(Figures figures, Path launcher) {
        this.figures = figures;
        this.launcher = launcher;
    }

    void measure() {
        try (HostsUnderTest hosts = new HostsUnderTest(launcher)) {
            hosts.startOperator();
            List<SshServer> servers = rest(hosts);
            compareWithOpenSsh(servers.getFirst(), hosts.privateKey());
            starts(servers);
        }
        startsOnDebian();
        try (HostsUnderTest hosts = new HostsUnderTest(launcher)) {
            List<Integer> blank = hosts.rentBlank(BLANK);
            hosts.startOperator();
            installations(hosts, blank);
        }
    }

    @Override
    public void close() {
        connections.close();
    }

    private List<SshServer> rest(HostsUnderTest hosts) {
        System.out.println(HOSTS + " hosts at rest");
        List<SshServer> servers = hosts.install(HOSTS);
        settle(hosts);
        long pid = hosts.operator().process().pid();
        double heapWithout = LiveHeap.megabytes(pid);
        double coreWithout = coreAtRest(hosts);
        hosts.apply(servers);
        hosts.awaitReady(HOSTS);
        settle(hosts);
        double heap = LiveHeap.megabytes(pid);
        ApiRequests writes = hosts.writes();
        double looked = lists(hosts);
        double core = coreAtRest(hosts);
        looked = lists(hosts) - looked;
        ApiRequests written = hosts.writes().since(writes);
        figures.atMost(HOSTS + " hosts at rest: the operator's share of a core", core, "%", 5);
        figures.note("  of this without any host", coreWithout, "%");
        figures.note("  looks a second", looked / REST.toSeconds(), "1/s");
        figures.note("  CPU for a look", (core - coreWithout) / 100 * REST.toMillis() / looked, "ms");
        figures.atMost(HOSTS + " hosts at rest: heap of the operator for each", (heap - heapWithout) / HOSTS, "MB", 1);
        figures.note("  heap of the operator without any host", heapWithout, "MB");
        figures.note("  resident at most", ProcessUse.of(pid).mostResidentMegabytes(), "MB");
        figures.atMost(HOSTS + " hosts at rest: writes", perMinute(written), "1/min", 0);
        return servers;
    }

    private static double perMinute(ApiRequests written) {
        return (written.ofThese() + written.others()) * 60.0 / (double) REST.toSeconds();
    }

    /** Lets that time go by; returns which part of one core the operator used in it, in percent. */
    private static double coreAtRest(HostsUnderTest hosts) {
        Duration before = hosts.operator().shares().operator();
        OperatorUnderTest.pause(REST);
        return 100.0 * hosts.operator().shares().operator().minus(before).toMillis() / REST.toMillis();
    }

    private static void settle(HostsUnderTest hosts) {
        hosts.operator().await("statuses to settle", () -> {
            ApiRequests before = hosts.writes();
            OperatorUnderTest.pause(SETTLED);
            return hosts.writes().equals(before);
        });
    }

    /** How often hosts have been looked at so far, by the operator's own counting. */
    private static double lists(HostsUnderTest hosts) {
        String metrics =
                hosts.operator().process().get("/metrics").orElseThrow().body();
        Matcher count = LISTS.matcher(metrics);
        double sum = 0;
        while (count.find()) {
            sum += Double.parseDouble(count.group(1));
        }
        return sum;
    }

    /** One look at a host: over the connection that the operator keeps, and by the client that everybody has. */
    private void compareWithOpenSsh(SshServer server, String privateKey) {
        int times = 50;
        double[] ours = new double[times];
        try (HostDriver driver = driver(server)) {
            for (int warmUp = 0; warmUp < times; warmUp++) {
                driver.list();
            }
            for (int i = 0; i < times; i++) {
                long begun = System.nanoTime();
                Outcome<?> listed = driver.list();
                ours[i] = (System.nanoTime() - begun) / 1e6;
                if (listed instanceof Outcome.Failed<?> failed) {
                    throw new IllegalStateException(failed.error().toString());
                }
            }
        }
        double each = Arrays.stream(ours).average().orElseThrow();
        OpenSsh.Cost connecting;
        OpenSsh.Cost sharing;
        try (ScratchFolder folder = ScratchFolder.fresh()) {
            OpenSsh ssh = OpenSsh.to(server, privateKey, folder.path());
            connecting = ssh.connecting(times, HostCalls.PATH + " list");
            sharing = ssh.sharing(times, HostCalls.PATH + " list");
        }
        figures.note("a look at a host over a kept connection", each, "ms");
        figures.note("  OpenSSH, a connection for each look / that", connecting.millis() / each, "×");
        figures.note("  OpenSSH, one shared connection / that", sharing.millis() / each, "×");
        figures.note("  CPU of OpenSSH's client, a connection for each look", connecting.cpuMillis(), "ms");
        figures.note("  CPU of OpenSSH's client, one shared connection", sharing.cpuMillis(), "ms");
    }

    private HostDriver driver(SshServer server) {
        return new SshHostDriver(connections.to(server), HostStarts.INSTALLATION, InstantSource.system());
    }

    private void starts(List<SshServer> servers) {
        System.out.println("starts on light hosts");
        List<HostDriver> drivers =
                servers.subList(0, 10).stream().map(this::driver).toList();
        drivers.forEach(driver -> HostStarts.done(driver.install()));
        HostStarts.oneByOne(drivers.getFirst(), LIGHT_IMAGE, 50);
        tellStarts("light host: call → unit started", HostStarts.oneByOne(drivers.getFirst(), LIGHT_IMAGE, 200));
        figures.atMost(
                "100 starts at once on 10 light hosts", HostStarts.atOnce(drivers, LIGHT_IMAGE, 100) / 1000, "s", 3);
        tellLoad();
        drivers.forEach(HostDriver::close);
    }

    private void tellStarts(String what, double[] millis) {
        Arrays.sort(millis);
        figures.atMost(what + ", p50 of " + millis.length, millis[millis.length / 2], "ms", 300);
        figures.atMost(what + ", p99", millis[(int) (millis.length * 0.99)], "ms", 1000);
    }

    /** What else there was to do: times say little where others wait for the same processors. */
    private void tellLoad() {
        figures.note(
                "  load of this machine in the last minute",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                "processes");
    }

    /** The real program, with systemd, overlays, network namespaces and nftables. */
    private void startsOnDebian() {
        Optional<String> missing = DebianServer.missing();
        if (missing.isPresent()) {
            System.out.println("no starts on a real Debian: " + missing.get());
            return;
        }
        System.out.println("starts on a real Debian in a container");
        try (DebianServer server = DebianServer.boot();
                HostDriver driver = driver(server.reached())) {
            Instant end = Instant.now().plus(Duration.ofMinutes(1));
            while (driver.install() instanceof Outcome.Failed<?> failed) {
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException(failed.error().toString());
                }
                OperatorUnderTest.pause(NOW_AND_THEN);
            }
            HostStarts.oneByOne(driver, DEBIANS_IMAGE, 3);
            tellStarts("real Debian: call → unit started", HostStarts.oneByOne(driver, DEBIANS_IMAGE, 40));
            tellLoad();
        }
    }

    /** From the manifest of a blank server until it serves. */
    private void installations(HostsUnderTest hosts, List<Integer> blank) {
        System.out.println("installations of " + BLANK + " light hosts");
        try (ImageShop images = new ImageShop()) {
            ApiRequests before = hosts.writes();
            Instant begun = Instant.now();
            hosts.applyBlank(blank, images);
            hosts.awaitReady(BLANK);
            double seconds = Duration.between(begun, Instant.now()).toMillis() / 1000.0;
            ApiRequests written = hosts.writes().since(before);
            // One of each was ours.
            figures.atMost(
                    "writes of a host from registered to ready", written.ofThese() / (double) BLANK - 1, "writes", 12);
            written.counted()
                    .forEach((kind, count) -> figures.note("  of these " + kind, count / (double) BLANK, "writes"));
            figures.note(
                    BLANK + " manifests → all ready, at the lab's " + HostsUnderTest.SPEED + " times", seconds, "s");
            questions(hosts).forEach((kind, count) -> figures.note("  asked of Robot: " + kind, count, "calls/host"));
            settle(hosts);
            ApiRequests rested = hosts.writes();
            OperatorUnderTest.pause(REST);
            figures.atMost(
                    "rented hosts at rest: writes", perMinute(hosts.writes().since(rested)), "1/min", 0);
        }
    }

    private static Map<String, Double> questions(HostsUnderTest hosts) {
        Map<String, Double> counts = new TreeMap<>();
        for (CallLog.Entry call : hosts.world().lab().robot().calls().entries()) {
            counts.merge(
                    call.method() + " " + call.path().replaceAll("/[0-9a-f:]{47}|/\\d+", ""), 1.0 / BLANK, Double::sum);
        }
        return counts;
    }

    /** From the manifest of a machine that really boots until it serves: minutes, and an image has to be made before. */
    void measureMachine() throws IOException {
        Optional<Path> image = HostImage.find(Path.of(""));
        Optional<String> missing = image.isEmpty() ? Optional.of(HostImage.MISSING) : RescueFiles.missing();
        if (missing.isPresent()) {
            System.out.println("no installation of an emulated machine: " + missing.get());
            return;
        }
        System.out.println("installation of an emulated machine");
        try (HostsUnderTest hosts = new HostsUnderTest(launcher)) {
            MachineInstallation.measure(hosts, image.orElseThrow())
                    .forEach((stage, seconds) -> figures.note("emulated machine: " + stage, seconds, "s"));
            tellLoad();
        }
    }
}
