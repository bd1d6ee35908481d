package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.order;
import static dev.shedmaster.suite.host.Orders.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.machine.host.GuestNetwork;
import dev.shedmaster.machine.host.SshHostDriver;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.HostReport.Ending;
import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.ssh.SshConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator's driver on a real server: sshd, systemd, nspawn and the program that it installs there. */
class WorkersOnAServerTest {
    private static final String PROGRAM = "/opt/shedmaster/shedmaster-host";

    @RegisterExtension
    static final BareServer SERVER = new BareServer();

    private final HostDriver driver = SERVER.driver();

    @BeforeEach
    void install() {
        done(driver.install());
    }

    @Test
    void theProgramIsInstalledOnceAndReplacedWhereItDiffers() {
        SERVER.does("rm -rf /opt/shedmaster");
        assertThat(error(driver.list()))
                .isInstanceOfSatisfying(
                        PortError.NotFound.class,
                        missing -> assertThat(missing.message()).contains("installed"));

        done(driver.install());
        String first = SERVER.does("stat -c %i " + PROGRAM);
        done(driver.install());
        assertThat(SERVER.does("stat -c %i " + PROGRAM)).isEqualTo(first);
        assertThat(done(driver.list()).programIsCurrent()).isTrue();

        SERVER.does("echo '# older' >> " + PROGRAM);
        assertThat(done(driver.list()).programIsCurrent()).isFalse();
        done(driver.install());
        assertThat(done(driver.list()).programIsCurrent()).isTrue();

        SERVER.does("chmod 644 " + PROGRAM);
        assertThat(error(driver.list())).isInstanceOf(PortError.NotFound.class);
        done(driver.install());
        assertThat(done(driver.list()).programIsCurrent()).isTrue();
        assertThat(SERVER.does("ls /opt/shedmaster")).isEqualTo("shedmaster-host");
    }

    @Test
    void aListSaysWhatThereIs() {
        HostReport report = done(driver.list());

        assertThat(report.bootId()).isEqualTo(SERVER.does("cat /proc/sys/kernel/random/boot_id"));
        assertThat(report.architecture()).isEqualTo(SERVER.does("uname -m"));
        assertThat(report.cpus()).isEqualTo(Integer.parseInt(SERVER.does("nproc")));
        assertThat(report.memoryBytes()).isGreaterThan(report.freeMemoryBytes());
        assertThat(report.scratchBytes()).isGreaterThan(report.freeScratchBytes());
        assertThat(report.freeScratchBytes()).isPositive();
        // It has our kernel's clock.
        assertThat(report.clockOffset().abs()).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void aWorkerRunsToItsEndAndLeavesOnlyHowItEnded() {
        String name = freshName();
        HostOrder order = order(name, "cat /run/shedmaster/agent.env; exit 7");
        done(driver.start(order));

        HostUnit ended = awaitPhase(driver, name, Phase.ENDED);
        assertThat(ended.owner()).isEqualTo(order.owner());
        assertThat(ended.ending())
                .extracting(Ending::result, Ending::code, Ending::status)
                .containsExactly("exit-code", "exited", "7");
        await().untilAsserted(() -> assertThat(done(driver.logs(name, 100_000))).contains("SECRET=of-the-agent"));
        assertThat(done(driver.logs(name, 10))).hasSize(10);
        assertThat(left(name)).isEmpty();
        assertThat(SERVER.does("ls /run/shedmaster/units/" + name)).isEqualTo("end\norder");

        done(driver.stop(name));
        assertThat(unit(driver, name)).isEmpty();
        assertThat(SERVER.does("ls /run/shedmaster/units")).doesNotContain(name);
    }

    @Test
    void aWorkerHasItsLimitsAndNothingSecretOnACommandLine() {
        String name = freshName();
        done(driver.start(order(name, "sleep 1000")));
        HostUnit running = awaitPhase(driver, name, Phase.RUNNING);
        assertThat(running.owner()).isEqualTo(Orders.ownerOf(name));

        // That they are enforced is not seen here: this machine's cgroups are not all its systemd's.
        assertThat(SERVER.does("systemctl show -p MemoryMax -p CPUQuotaPerSecUSec -p TasksMax -p Slice -p DevicePolicy "
                        + name))
                .contains(
                        "MemoryMax=268435456", "CPUQuotaPerSecUSec=1.500000s", "TasksMax=200", "Slice=shedmaster.slice")
                .contains("DevicePolicy=closed");
        assertThat(SERVER.does("cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr '\\0' ' '"))
                .contains(name)
                .doesNotContain("of-the-agent");
        assertThat(SERVER.does("stat -c %a /run/shedmaster/units/" + name + "/files/agent.env"))
                .isEqualTo("600");
        assertThat(SERVER.does("stat -f -c %T /run/shedmaster/units/" + name)).isEqualTo("tmpfs");

        done(driver.stop(name));
        assertThat(left(name)).isEmpty();
        assertThat(unit(driver, name)).isEmpty();
        done(driver.stop(name));
    }

    @Test
    void theSameOrderTwiceIsOneWorkerEvenAfterItsEnd() {
        String name = freshName();
        HostOrder order = order(name, "echo began; sleep 1000");
        done(driver.start(order));
        awaitPhase(driver, name, Phase.RUNNING);
        String process = SERVER.does("systemctl show -p MainPID --value " + name);
        done(driver.start(order));
        assertThat(SERVER.does("systemctl show -p MainPID --value " + name)).isEqualTo(process);

        SERVER.does("systemctl kill --signal=KILL " + name);
        HostUnit ended = awaitPhase(driver, name, Phase.ENDED);
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
        HostDriver others =
                new SshHostDriver(SERVER.connections().to(SERVER.asServer()), "other", InstantSource.system());
        try (others) {
            assertThat(error(others.stop(name))).isInstanceOf(PortError.AlreadyExists.class);
        }
        assertThat(unit(driver, name).map(HostUnit::phase)).contains(Phase.RUNNING);
        done(driver.stop(name));
    }

    /** Between us and the guest are two shells, systemd, which has variables and specifiers of its own, and nspawn. */
    @Test
    void aCommandArrivesAsItWasGiven() {
        String name = freshName();
        HostOrder order = order(name, "true");
        List<String> words =
                List.of("$HOME", "${HOME}", "$$", "%n", "\\x41", "a  b", "'\"", "", "*", "-x", "$(id)", "`id`", ";");
        List<String> command = Stream.concat(
                        Stream.of("/bin/sh", "-c", "for word; do echo \"<$word>\"; done", "sh"), words.stream())
                .toList();
        String printed = Orders.printed(
                driver,
                new HostOrder(
                        name,
                        order.owner(),
                        new HostOrder.Container("busybox", false, command, List.of(), Set.of()),
                        order.limits(),
                        order.reach(),
                        order.files()));
        assertThat(printed.lines().filter(line -> line.startsWith("<")))
                .containsExactlyElementsOf(
                        words.stream().map(word -> "<" + word + ">").toList());
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
        assertThat(left(first)).contains("sm-" + first.substring(first.length() - 8));
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
            assertThat(left(name)).isEmpty();
            assertThat(unit(driver, name)).isEmpty();
        }
    }

    /** Its systemd has a network daemon, which is set up to give the interface another address. */
    @Test
    void aWorkerMayBootAWholeSystem() {
        SERVER.does("mkdir -p /var/lib/shedmaster/images/debian && mount --bind / /var/lib/shedmaster/images/debian");
        String name = freshName();
        HostOrder order = order(name, "true");
        done(driver.start(new HostOrder(
                name,
                order.owner(),
                new HostOrder.Container("debian", true, List.of(), List.of(), Set.of(Device.TUN)),
                order.limits(),
                order.reach(),
                order.files())));
        String init = "/sys/fs/cgroup/shedmaster.slice/" + name + ".service/payload/init.scope/cgroup.procs";
        String within = "nsenter -m -p -n -t $(head -n 1 " + init + ") ";
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(SERVER.does(
                                "[ ! -e %s ] || %s systemctl is-system-running || true".formatted(init, within)))
                        .isEqualTo("running"));

        String address = GuestNetwork.of(MachineName.parse(name).orElseThrow()).address();
        assertThat(SERVER.does(within + "systemctl is-active systemd-networkd")).isEqualTo("active");
        assertThat(SERVER.does(within + "ip -o -4 addr show dev host0")).contains(address + "/30");
        assertThat(SERVER.does(within + "ip -o -4 addr show dev host0").lines()).hasSize(1);
        assertThat(SERVER.does(within + "cat /run/shedmaster/agent.env")).contains("of-the-agent");

        done(driver.stop(name));
        assertThat(SERVER.does("journalctl -u " + name))
                .doesNotContain("SIGKILL")
                .contains("Deactivated successfully");
        assertThat(left(name)).isEmpty();
        SERVER.does("umount /var/lib/shedmaster/images/debian && rmdir /var/lib/shedmaster/images/debian");
    }

    @Test
    void aGuestMayShutDownInOrder() {
        String name = freshName();
        done(driver.start(
                order(name, "trap 'echo goodbye; exit 0' TERM HUP; echo hello; while :; do sleep 0.1; done")));
        await().untilAsserted(() -> assertThat(done(driver.logs(name, 100_000))).contains("hello"));
        done(driver.stop(name));
        await().untilAsserted(() -> assertThat(done(driver.logs(name, 100_000))).contains("goodbye"));
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
        assertThat(error(driver.start(withoutImage)))
                .isInstanceOfSatisfying(
                        PortError.Invalid.class,
                        invalid -> assertThat(invalid.message()).contains("no-such-image"));
        // This server has no such device, which is noticed when network and root are there already.
        assertThat(error(driver.start(order(name, "true", Device.VHOST_NET)))).isInstanceOf(PortError.Invalid.class);
        assertThat(left(name)).isEmpty();
        assertThat(unit(driver, name)).isEmpty();

        done(driver.start(order));
        done(driver.stop(name));
    }

    @Test
    void aStartThatWasCutOffIsSeenAndMadeGood() {
        String name = freshName();
        HostOrder order = order(name, "sleep 1000");
        // As if the server's program had been killed between claiming the name and starting the unit.
        SERVER.does("mkdir -p /run/shedmaster/units/%1$s && printf '%2$s' > /run/shedmaster/units/%1$s/order"
                .formatted(
                        name,
                        "installation %s\\npool ci/arm\\nworker ci/%s\\nuid uid-of-%s\\nstarted 1\\n"
                                .formatted(BareServer.INSTALLATION, name, name)));
        SERVER.does("ip netns add " + name);
        assertThat(unit(driver, name).map(HostUnit::phase)).contains(Phase.CUT_OFF);

        done(driver.start(order));
        assertThat(awaitPhase(driver, name, Phase.RUNNING).owner()).isEqualTo(order.owner());
        done(driver.stop(name));
    }

    @Test
    void devicesAreHandedOnAndNoOthers(TestReporter reporter) {
        reporter.publishEntry(
                "/dev/kvm", SERVER.hasRealKvm() ? "the machine's own" : "a stand-in: this machine has none");
        String name = freshName();
        String printed = Orders.printed(
                driver,
                order(
                        name,
                        "(exec 3<>/dev/kvm) && echo kvm opens; (exec 3<>/dev/net/tun) && echo tun opens;"
                                + " ls /dev/loop-control || echo no loop",
                        Device.KVM,
                        Device.TUN));
        assertThat(printed).contains("kvm opens", "tun opens", "no loop");
        done(driver.stop(name));
    }

    @Test
    void aServerWithAnotherKeyIsNotTalkedTo() {
        String strange = "SHA256:" + "A".repeat(43);
        SshConnection connection = SERVER.connections().to(SERVER.asServer(Set.of(strange)));
        try (HostDriver suspicious = new SshHostDriver(connection, BareServer.INSTALLATION, InstantSource.system())) {
            assertThat(error(suspicious.list())).isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
                assertThat(invalid.field()).isEqualTo("hostKeys");
                assertThat(invalid.message()).contains(strange);
            });
        }
    }

    /** What there still is of a worker beside its record. */
    private static String left(String name) {
        String suffix = name.substring(name.lastIndexOf('-') + 1);
        return SERVER.does("ip -o link | grep sm-%1$s; ip netns list | grep %2$s; nft list tables | grep %2$s;"
                        .formatted(suffix, name)
                + " grep %1$s /proc/self/mountinfo; ls /var/lib/shedmaster/units /var/lib/shedmaster/trash 2>/dev/null | grep %1$s;"
                        .formatted(name)
                + " systemctl list-units --all --no-legend | grep %s; true".formatted(name));
    }

    private static PortError error(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Failed<?>(PortError error)) {
            return error;
        }
        throw new AssertionError("no failure: " + outcome);
    }
}
