package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.error;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.order;
import static dev.shedmaster.suite.host.Orders.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.host.Checkup;
import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.core.host.HardwareReport.FileSystem;
import dev.shedmaster.machine.host.SshHostDriver;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostDriver.HostProbe;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.HostReport.Ending;
import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the operator's driver owes its callers, whatever host it speaks to: the real program on a real server, and the lab's light host
 * that stands in for it.
 */
abstract class HostDriverContract {
    abstract SshConnections connections();

    abstract SshServer asServer(Set<String> hostKeys);

    /** The keys that the host has. */
    abstract Set<String> hostKeys();

    abstract InstantSource clock();

    /** What the host says of itself when it is asked by hand. */
    abstract HostFacts facts();

    /** The address at which the host reaches this machine. */
    abstract String world();

    /** Takes the operator's program away from the host. */
    abstract void loseProgram();

    /** Leaves the program there, and not to be executed. */
    abstract void disableProgram();

    /** Ends what a worker runs, by force. */
    abstract void kill(String worker);

    /** As if a start had been cut off between claiming the name and starting the unit. */
    abstract void cutOffStart(HostOrder order);

    /** A device that the host does not have from now on. */
    abstract Device missingDevice();

    /** What there still is of a worker beside its record; empty if nothing is left. */
    abstract String left(String worker);

    /** @param machine what the host calls its architecture */
    record HostFacts(String bootId, String machine, int cpus) {}

    /** Of the installation whose workers the orders are. */
    HostDriver driver;

    private HostDriver driverOf(String installation, Set<String> hostKeys) {
        return new SshHostDriver(connections().to(asServer(hostKeys)), installation, clock());
    }

    @BeforeEach
    void install() {
        driver = driverOf(BareServer.INSTALLATION, hostKeys());
        done(driver.install());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    @Test
    void theProgramIsInstalledWhereItIsMissingOrOfNoUse() {
        loseProgram();
        assertThat(error(driver.list()))
                .isInstanceOfSatisfying(
                        PortError.NotFound.class,
                        missing -> assertThat(missing.message()).contains("installed"));
        done(driver.install());
        assertThat(done(driver.list()).programIsCurrent()).isTrue();

        disableProgram();
        assertThat(error(driver.list())).isInstanceOf(PortError.NotFound.class);
        done(driver.install());
        assertThat(done(driver.list()).programIsCurrent()).isTrue();
    }

    @Test
    void aListSaysWhatThereIs() {
        HostReport report = done(driver.list());

        assertThat(report.bootId()).isEqualTo(facts().bootId());
        assertThat(report.architecture())
                .isEqualTo(Map.of("aarch64", "arm64", "x86_64", "amd64").get(facts().machine()));
        assertThat(report.cpus()).isEqualTo(facts().cpus());
        assertThat(report.memoryBytes()).isGreaterThan(report.freeMemoryBytes());
        assertThat(report.freeMemoryBytes()).isPositive();
        assertThat(report.scratchBytes()).isGreaterThan(report.freeScratchBytes());
        assertThat(report.freeScratchBytes()).isPositive();
        assertThat(report.uptime()).isPositive();
        assertThat(report.clockOffset().abs()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aWorkerRunsToItsEndAndLeavesOnlyHowItEnded() {
        String name = freshName();
        HostOrder order = order(name, "cat /run/shedmaster/agent.env; exit 7");
        done(driver.start(order));

        HostUnit ended = awaitPhase(driver, name, Phase.ENDED);
        assertThat(ended.owner()).isEqualTo(order.owner());
        assertThat(ended.startedAt()).isNotNull();
        assertThat(ended.memoryBytes()).isNull();
        assertThat(ended.ending())
                .extracting(Ending::result, Ending::code, Ending::status)
                .containsExactly("exit-code", "exited", "7");
        await().untilAsserted(() -> assertThat(done(driver.logs(name, 100_000))).contains("SECRET=of-the-agent"));
        assertThat(done(driver.logs(name, 10))).hasSize(10);
        // That it has ended is told before the rest is removed.
        await().untilAsserted(() -> assertThat(left(name)).isEmpty());

        done(driver.stop(name));
        assertThat(unit(driver, name)).isEmpty();
        assertThat(done(driver.logs(name, 100_000))).as("until the next boot").contains("SECRET=of-the-agent");
    }

    @Test
    void aWorkerThatEndsWellSaysSo() {
        String name = freshName();
        assertThat(Orders.printed(driver, order(name, "echo hello"))).contains("hello");
        assertThat(unit(driver, name).map(HostUnit::ending))
                .hasValueSatisfying(ending -> assertThat(ending)
                        .extracting(Ending::result, Ending::code, Ending::status)
                        .containsExactly("success", "exited", "0"));
        done(driver.stop(name));
    }

    @Test
    void theSameOrderTwiceIsOneWorkerEvenAfterItsEnd() {
        String name = freshName();
        HostOrder order = order(name, "echo began; sleep 1000");
        done(driver.start(order));
        HostUnit running = awaitPhase(driver, name, Phase.RUNNING);
        done(driver.start(order));
        await().untilAsserted(() -> assertThat(done(driver.logs(name, 100_000))).contains("began"));
        assertThat(done(driver.logs(name, 100_000))).containsOnlyOnce("began");
        assertThat(unit(driver, name).map(HostUnit::startedAt)).contains(running.startedAt());

        kill(name);
        HostUnit ended = awaitPhase(driver, name, Phase.ENDED);
        assertThat(ended.ending())
                .extracting(Ending::result, Ending::code, Ending::status)
                .containsExactly("signal", "killed", "KILL");
        done(driver.start(order));
        assertThat(unit(driver, name)).contains(ended);
        done(driver.stop(name));
    }

    @Test
    void aNameIsItsFirstOwners() {
        String name = freshName();
        done(driver.start(order(name, "sleep 1000")));
        MachineOwner other = new MachineOwner("other", "ci/arm", "ci/" + name, "uid");

        assertThat(error(driver.start(order(name, other, "sleep 1")))).isInstanceOf(PortError.AlreadyExists.class);
        try (HostDriver others = driverOf("other", hostKeys())) {
            assertThat(error(others.stop(name))).isInstanceOf(PortError.AlreadyExists.class);
        }
        assertThat(unit(driver, name).map(HostUnit::phase)).contains(Phase.RUNNING);
        done(driver.stop(name));
    }

    @Test
    void namesThatMeetInTheirAddressesAreNotBothStarted() {
        String first = freshName();
        String same = first.substring(first.length() - 4);
        String second = "sm-arm-" + (first.startsWith("sm-arm-aaaa") ? "bbbb" : "aaaa") + same;
        done(driver.start(order(first, "sleep 1000")));

        assertThat(error(driver.start(order(second, "sleep 1000")))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(unit(driver, first).map(HostUnit::phase)).contains(Phase.RUNNING);
        assertThat(unit(driver, second)).isEmpty();
        assertThat(left(first)).contains(first);
        done(driver.stop(first));
    }

    @Test
    void manyAreStartedAndStoppedAtOnceAndEachOnce() throws Exception {
        List<String> names = Stream.generate(Orders::freshName).limit(5).toList();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome<Nothing>>> starts = new ArrayList<>();
            for (String name : names) {
                HostOrder order = order(name, "echo began; sleep 1000");
                starts.add(callers.submit(() -> driver.start(order)));
                starts.add(callers.submit(() -> driver.start(order)));
            }
            for (Future<Outcome<Nothing>> start : starts) {
                done(start.get());
            }
            for (String name : names) {
                await().untilAsserted(() ->
                        assertThat(done(driver.logs(name, 100_000))).containsOnlyOnce("began"));
            }
            List<Future<Outcome<Nothing>>> stops = new ArrayList<>();
            for (String name : names) {
                stops.add(callers.submit(() -> driver.stop(name)));
                stops.add(callers.submit(() -> driver.stop(name)));
            }
            for (Future<Outcome<Nothing>> stop : stops) {
                done(stop.get());
            }
        }
        for (String name : names) {
            awaitNothingLeft(name);
            assertThat(unit(driver, name)).isEmpty();
        }
    }

    /** That a mount is gone reaches systemd's list of units a moment after the call that has removed it. */
    private void awaitNothingLeft(String name) {
        await().untilAsserted(() -> assertThat(left(name)).isEmpty());
    }

    @Test
    void whatCannotBeStartedLeavesNothingBehind() {
        String name = freshName();
        HostOrder order = order(name, "true");
        HostOrder.Container container = (HostOrder.Container) order.form();
        HostOrder withoutImage = new HostOrder(
                name,
                order.owner(),
                new HostOrder.Container("no-such-image", false, container.command(), List.of(), Set.of()),
                order.limits(),
                order.reach(),
                order.files());
        assertThat(error(driver.start(withoutImage))).isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
            assertThat(invalid.field()).isEqualTo("host");
            assertThat(invalid.message()).contains("no-such-image");
        });
        Device missing = missingDevice();
        // It is noticed when network and root are there already.
        assertThat(error(driver.start(order(name, "true", missing))))
                .isInstanceOfSatisfying(
                        PortError.Invalid.class,
                        invalid -> assertThat(invalid.message()).contains("/dev/" + missing.path()));
        awaitNothingLeft(name);
        assertThat(unit(driver, name)).isEmpty();

        done(driver.start(order));
        done(driver.stop(name));
    }

    @Test
    void aStartThatWasCutOffIsSeenAndMadeGood() {
        String name = freshName();
        HostOrder order = order(name, "sleep 1000");
        cutOffStart(order);
        assertThat(awaitPhase(driver, name, Phase.CUT_OFF).owner()).isEqualTo(order.owner());

        done(driver.start(order));
        assertThat(awaitPhase(driver, name, Phase.RUNNING).owner()).isEqualTo(order.owner());
        done(driver.stop(name));
    }

    @Test
    void aStartThatWasCutOffIsRubbishUntilItIsMadeGood() {
        String name = freshName();
        cutOffStart(order(name, "sleep 1000"));
        awaitPhase(driver, name, Phase.CUT_OFF);

        assertThat(done(driver.collect())).contains(new HostDriver.HostRemnant("record", name));
        assertThat(unit(driver, name)).isEmpty();
    }

    @Test
    void whatLivesIsNotCollectedAndNeitherIsHowSomethingEnded() {
        String living = freshName();
        String ended = freshName();
        done(driver.start(order(living, "sleep 1000")));
        done(driver.start(order(ended, "true")));
        awaitPhase(driver, ended, Phase.ENDED);

        assertThat(done(driver.collect())).isEmpty();
        assertThat(unit(driver, living).map(HostUnit::phase)).contains(Phase.RUNNING);
        assertThat(unit(driver, ended).map(HostUnit::phase)).contains(Phase.ENDED);
        done(driver.stop(living));
        done(driver.stop(ended));
    }

    @Test
    void whatIsNotThereIsStoppedAndHasPrintedNothing() {
        String name = freshName();
        done(driver.stop(name));
        assertThat(done(driver.logs(name, 1000))).isEmpty();
    }

    @Test
    void onlyNamesOfWorkersAreTouched() {
        assertThat(error(driver.stop("sshd"))).isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
            assertThat(invalid.field()).isEqualTo("order");
            assertThat(invalid.message()).isEqualTo("'sshd' is no worker's name: sm-POOL-SUFFIX is asked for");
        });
    }

    @Test
    void eachTrialSaysHowItWent() throws IOException {
        Map<String, HostProbe> probes;
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getByName(world()))) {
            probes = probes(peer.getLocalPort());
            assertThat(probes)
                    .containsOnlyKeys("kvm", "tun", "scratch", "clock", "limits", "tools", "rules", "network");
        }
        for (String trial : List.of("tun", "scratch", "tools", "rules", "network")) {
            assertThat(probes.get(trial))
                    .extracting(HostProbe::succeeded)
                    .as(trial)
                    .isEqualTo(true);
        }
        assertThat(probes.get("scratch"))
                .extracting(HostProbe::detail)
                .asString()
                .containsPattern("[1-9][0-9]* bytes are free");
    }

    @Test
    void aPeerThatIsNotThereIsNotReached() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertThat(probes(free).get("network")).satisfies(probe -> {
            assertThat(probe.succeeded()).isFalse();
            assertThat(probe.detail()).contains("Connection refused");
        });
    }

    private Map<String, HostProbe> probes(int port) {
        return done(driver.probe(world(), port)).stream()
                .collect(Collectors.toMap(HostProbe::name, Function.identity()));
    }

    /** What a host lacks, such as smartctl or sensors, it does not tell; what it tells makes sense. */
    @Test
    void hardwareTellsWhatItCan() {
        HardwareReport report = done(driver.health());

        FileSystem scratch = report.scratch();
        assertThat(scratch.path()).isEqualTo("/var/lib/shedmaster");
        assertThat(scratch.bytes()).isGreaterThan(scratch.freeBytes());
        assertThat(scratch.freeBytes()).isPositive();
        assertThat(report.disks()).allSatisfy(disk -> {
            assertThat(disk.device()).startsWith("/dev/");
            if (disk.silence().isEmpty()) {
                assertThat(disk.failings()).isEmpty();
                assertThat(disk.hours()).isNotNegative();
            } else {
                assertThat(disk.wearPercent()).isNull();
            }
        });
        assertThat(report.sensors())
                .allSatisfy(sensor -> assertThat(sensor.celsius()).isBetween(-40.0, 120.0));
        assertThat(report.memory())
                .allSatisfy(memory -> assertThat(memory.uncorrected()).isNotNegative());
        assertThat(Checkup.of(report, Checkup.NONE).stopping()).isEmpty();
    }

    @Test
    void aServerWithAnotherKeyIsNotTalkedTo() {
        String strange = "SHA256:" + "A".repeat(43);
        try (HostDriver suspicious = driverOf(BareServer.INSTALLATION, Set.of(strange))) {
            assertThat(error(suspicious.list())).isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
                assertThat(invalid.field()).isEqualTo("hostKeys");
                assertThat(invalid.message()).contains(strange);
            });
        }
    }
}
