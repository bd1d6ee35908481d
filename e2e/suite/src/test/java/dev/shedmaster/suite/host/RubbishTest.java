package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.order;
import static dev.shedmaster.suite.host.Orders.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostDriver.HostRemnant;
import dev.shedmaster.port.HostReport.Phase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What workers that are gone have left on a server is found and removed, and nothing else is. */
class RubbishTest {
    @RegisterExtension
    static final BareServer SERVER = new BareServer();

    private final HostDriver driver = SERVER.driver();
    private final String gone = freshName();
    private final String suffix = gone.substring(gone.lastIndexOf('-') + 1);

    @BeforeEach
    void install() {
        done(driver.install());
        done(driver.list());
    }

    @Test
    void interfacesRulesAndNamespacesAreRemoved() {
        SERVER.does(
                "ip netns add " + gone + " && ip link add sm-" + suffix + " type veth peer name host0 netns " + gone);
        SERVER.does("nft add table inet " + gone);

        assertThat(done(driver.collect()))
                .contains(
                        new HostRemnant("interface", "sm-" + suffix),
                        new HostRemnant("namespace", gone),
                        new HostRemnant("table", gone));
        assertThat(SERVER.does("ip -o link; ip netns list; nft list tables")).doesNotContain(suffix);
        assertThat(done(driver.collect())).isEmpty();
    }

    @Test
    void mountsAndDisksAreRemoved() {
        String room = "/var/lib/shedmaster/units/" + gone;
        SERVER.does(
                "mkdir -p %1$s/root %1$s/disk && mount -t tmpfs tmpfs %1$s/root && mkdir %1$s/root/in && mount -t tmpfs tmpfs %1$s/root/in && touch %1$s/disk/big"
                        .formatted(room));

        assertThat(done(driver.collect()))
                .contains(
                        new HostRemnant("mount", room + "/root/in"),
                        new HostRemnant("mount", room + "/root"),
                        new HostRemnant("folder", gone));
        assertThat(SERVER.does(
                        "grep " + gone + " /proc/self/mountinfo; find /var/lib/shedmaster -name '*" + suffix + "*'"))
                .isEmpty();
    }

    @Test
    void loopDevicesAreRemoved() {
        assumeFalse(SERVER.loop().isEmpty(), "this machine has no loop device to lend to the server");
        String room = "/var/lib/shedmaster/units/" + gone;
        SERVER.does(
                "mkdir -p %1$s && truncate -s 1M %1$s/image && losetup %2$s %1$s/image".formatted(room, SERVER.loop()));

        assertThat(done(driver.collect())).contains(new HostRemnant("loop", SERVER.loop()));
        assertThat(SERVER.does("losetup --list --noheadings --output NAME,BACK-FILE"))
                .doesNotContain(gone);
    }

    @Test
    void strayProcessesAreEnded() {
        String cgroup = "/sys/fs/cgroup/shedmaster.slice/" + gone + ".service";
        String stray = SERVER.does(
                "mkdir -p %1$s/inner; setsid sleep 1000 < /dev/null > /dev/null 2>&1 & stray=$!; echo $stray > %1$s/inner/cgroup.procs; echo $stray"
                        .formatted(cgroup));
        assertThat(SERVER.does("kill -0 " + stray + " && echo runs")).isEqualTo("runs");

        assertThat(done(driver.collect())).contains(new HostRemnant("cgroup", gone));
        assertThat(SERVER.does("kill -0 " + stray + " 2> /dev/null || echo gone"))
                .isEqualTo("gone");
        assertThat(SERVER.does("[ -e " + cgroup + " ] || echo gone")).isEqualTo("gone");
    }

    @Test
    void aRecordWithoutAUnitIsRemoved() {
        SERVER.does("mkdir -p /run/shedmaster/units/%1$s && echo 'installation x' > /run/shedmaster/units/%1$s/order"
                .formatted(gone));
        assertThat(unit(driver, gone).map(unit -> unit.phase())).contains(Phase.CUT_OFF);
        assertThat(done(driver.collect())).contains(new HostRemnant("record", gone));
        assertThat(unit(driver, gone)).isEmpty();
    }

    @Test
    void anOrderThatNeverArrivedWholeIsRemoved() {
        SERVER.does("mkdir /run/shedmaster/incoming.old /run/shedmaster/incoming.new"
                + " && touch -d '11 minutes ago' /run/shedmaster/incoming.old");
        assertThat(done(driver.collect())).containsExactly(new HostRemnant("order", "incoming.old"));
        assertThat(SERVER.does("ls /run/shedmaster")).contains("incoming.new").doesNotContain("incoming.old");
        SERVER.does("rmdir /run/shedmaster/incoming.new");
    }

    @Test
    void whatLivesAndWhatIsNotOursStays() {
        String living = freshName();
        String ended = freshName();
        done(driver.start(order(living, "sleep 1000")));
        done(driver.start(order(ended, "true")));
        awaitPhase(driver, ended, Phase.ENDED);
        SERVER.does("ip netns add kola-1; ip link add other type veth peer name rehto; nft add table inet filter;"
                + " mkdir -p /var/lib/shedmaster/units/by-hand");

        assertThat(done(driver.collect())).isEmpty();

        assertThat(unit(driver, living).map(unit -> unit.phase())).contains(Phase.RUNNING);
        // How it ended is still to be read.
        assertThat(unit(driver, ended).map(unit -> unit.phase())).contains(Phase.ENDED);
        assertThat(SERVER.does("ip -o link; ip netns list; nft list tables; ls /var/lib/shedmaster/units"))
                .contains("sm-" + living.substring(living.lastIndexOf('-') + 1), "table inet " + living, living)
                .contains("kola-1", "other", "table inet filter", "by-hand");
        SERVER.does("ip netns delete kola-1; ip link delete other; nft delete table inet filter;"
                + " rmdir /var/lib/shedmaster/units/by-hand");
        done(driver.stop(living));
        done(driver.stop(ended));
    }
}
