package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.error;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.order;
import static dev.shedmaster.suite.host.Orders.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.machine.host.SshHostDriver;
import dev.shedmaster.port.HostDriver;
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
        assertThat(SERVER.left(name)).isEmpty();
        assertThat(SERVER.does("ls /run/shedmaster/units/" + name)).isEqualTo("end\norder");

        done(driver.stop(name));
        assertThat(unit(driver, name)).isEmpty();
        assertThat(SERVER.does("ls /run/shedmaster/units")).doesNotContain(name);
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

    @Test
    void namesThatMeetInTheirAddressesAreNotBothStarted() {
        String first = freshName();
        String same = first.substring(first.length() - 4);
        String second = "sm-arm-" + (first.startsWith("sm-arm-aaaa") ? "bbbb" : "aaaa") + same;
        done(driver.start(order(first, "sleep 1000")));

        assertThat(error(driver.start(order(second, "sleep 1000")))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(unit(driver, first).map(HostUnit::phase)).contains(Phase.RUNNING);
        assertThat(unit(driver, second)).isEmpty();
        assertThat(SERVER.left(first)).contains("sm-" + first.substring(first.length() - 8));
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
            assertThat(SERVER.left(name)).isEmpty();
            assertThat(unit(driver, name)).isEmpty();
        }
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
        assertThat(SERVER.left(name)).isEmpty();
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
}
