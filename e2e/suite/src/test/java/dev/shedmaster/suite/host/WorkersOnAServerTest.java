package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.ssh.SshConnections;
import dev.shedmaster.ssh.SshServer;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The operator's driver on a real server: sshd, systemd, nspawn and the program that it installs there. */
class WorkersOnAServerTest extends HostDriverContract {
    private static final String PROGRAM = "/opt/shedmaster/shedmaster-host";

    @RegisterExtension
    static final BareServer SERVER = new BareServer();

    @Override
    SshConnections connections() {
        return SERVER.connections();
    }

    @Override
    SshServer asServer(Set<String> hostKeys) {
        return SERVER.asServer(hostKeys);
    }

    @Override
    Set<String> hostKeys() {
        return SERVER.asServer().hostKeys();
    }

    @Override
    InstantSource clock() {
        return InstantSource.system();
    }

    @Override
    HostFacts facts() {
        return new HostFacts(
                SERVER.does("cat /proc/sys/kernel/random/boot_id"),
                SERVER.does("uname -m"),
                Integer.parseInt(SERVER.does("nproc")));
    }

    @Override
    String world() {
        return SERVER.world();
    }

    @Override
    void loseProgram() {
        SERVER.does("rm -rf /opt/shedmaster");
    }

    @Override
    void disableProgram() {
        SERVER.does("chmod 644 " + PROGRAM);
    }

    @Override
    void kill(String worker) {
        SERVER.does("systemctl kill --signal=KILL " + worker);
    }

    @Override
    void cutOffStart(HostOrder order) {
        String name = order.name();
        MachineOwner owner = order.owner();
        SERVER.does("mkdir -p /run/shedmaster/units/%1$s && printf '%2$s' > /run/shedmaster/units/%1$s/order"
                .formatted(
                        name,
                        "installation %s\\npool %s\\nworker %s\\nuid %s\\nstarted 1\\n"
                                .formatted(owner.installation(), owner.pool(), owner.worker(), owner.workerUid())));
        SERVER.does("ip netns add " + name);
    }

    /** It is a container, to which nobody hands this one on. */
    @Override
    Device missingDevice() {
        return Device.VHOST_NET;
    }

    @Override
    String left(String worker) {
        return SERVER.left(worker);
    }

    @Test
    void theProgramIsReplacedWhereItDiffersAndNowhereElse() {
        String first = SERVER.does("stat -c %i " + PROGRAM);
        done(driver.install());
        assertThat(SERVER.does("stat -c %i " + PROGRAM)).isEqualTo(first);

        SERVER.does("echo '# older' >> " + PROGRAM);
        assertThat(done(driver.list()).programIsCurrent()).isFalse();
        done(driver.install());
        assertThat(done(driver.list()).programIsCurrent()).isTrue();
        assertThat(SERVER.does("ls /opt/shedmaster")).isEqualTo("shedmaster-host");
    }

    @Test
    void ofAWorkerThatHasEndedOnlyItsRecordStays() {
        String name = freshName();
        done(driver.start(order(name, "true")));
        awaitPhase(driver, name, Phase.ENDED);
        // That it has ended is told before the rest is removed.
        await().untilAsserted(() ->
                assertThat(SERVER.does("ls /run/shedmaster/units/" + name)).isEqualTo("end\norder"));

        done(driver.stop(name));
        assertThat(SERVER.does("ls /run/shedmaster/units")).doesNotContain(name);
    }

    @Test
    void theSameOrderTwiceIsOneProcess() {
        String name = freshName();
        HostOrder order = order(name, "sleep 1000");
        done(driver.start(order));
        awaitPhase(driver, name, Phase.RUNNING);
        String process = SERVER.does("systemctl show -p MainPID --value " + name);
        done(driver.start(order));
        assertThat(SERVER.does("systemctl show -p MainPID --value " + name)).isEqualTo(process);
        done(driver.stop(name));
    }
}
