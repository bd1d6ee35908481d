package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.order;
import static dev.shedmaster.suite.host.Orders.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.machine.host.GuestNetwork;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a container on a real server is given and may do, and how it ends. */
class ContainersOnAServerTest {
    @RegisterExtension
    static final BareServer SERVER = new BareServer();

    private final HostDriver driver = SERVER.driver();

    @BeforeEach
    void install() {
        done(driver.install());
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
        await().untilAsserted(() -> assertThat(SERVER.left(name)).isEmpty());
        assertThat(unit(driver, name)).isEmpty();
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
        // What the server's own systemd says; that of the container ends its last processes in its own way.
        assertThat(SERVER.does("journalctl UNIT=" + name + ".service"))
                .doesNotContain("SIGKILL")
                .contains("Deactivated successfully");
        await().untilAsserted(() -> assertThat(SERVER.left(name)).isEmpty());
        SERVER.does("umount /var/lib/shedmaster/images/debian && rmdir /var/lib/shedmaster/images/debian");
    }

    /** So the agent of a worker is started, whatever system the image is. */
    @Test
    void aWorkerThatBootsStartsTheUnitOfItsOrder() {
        SERVER.does("mkdir -p /var/lib/shedmaster/images/booted && mount --bind / /var/lib/shedmaster/images/booted");
        String name = freshName();
        HostOrder order = order(name, "true");
        String unit = """
                [Service]
                EnvironmentFile=/run/shedmaster/agent.env
                StandardOutput=journal+console
                ExecStart=/bin/sh -c 'echo "the agent runs with $$SECRET"'
                ExecStopPost=/usr/bin/systemctl --no-block poweroff
                """;
        String printed = Orders.printed(
                driver,
                new HostOrder(
                        name,
                        order.owner(),
                        new HostOrder.Container(
                                "booted",
                                true,
                                List.of("systemd.wants=shedmaster-agent.service"),
                                List.of(),
                                Set.of(Device.TUN)),
                        order.limits(),
                        order.reach(),
                        Map.of(
                                "agent.env", "SECRET=of-the-agent\n".getBytes(StandardCharsets.UTF_8),
                                "agent.service", unit.getBytes(StandardCharsets.UTF_8))));
        assertThat(printed).contains("the agent runs with of-the-agent");
        done(driver.stop(name));
        SERVER.does("umount /var/lib/shedmaster/images/booted && rmdir /var/lib/shedmaster/images/booted");
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
}
