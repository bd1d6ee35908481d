package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostDriver.HostProbe;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server is tried before workers are sent there. */
class ProbeTest {
    @RegisterExtension
    static final BareServer SERVER = new BareServer();

    private final HostDriver driver = SERVER.driver();

    @BeforeEach
    void install() {
        done(driver.install());
    }

    @Test
    void eachTrialSaysHowItWent() throws Exception {
        Map<String, HostProbe> probes;
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getByName(SERVER.world()))) {
            probes = probes(SERVER.world(), peer.getLocalPort());
        }
        assertThat(probes).containsOnlyKeys("kvm", "tun", "scratch", "clock", "limits", "tools", "rules", "network");
        for (String trial : new String[] {"tun", "scratch", "tools", "rules", "network"}) {
            assertThat(probes.get(trial))
                    .extracting(HostProbe::succeeded)
                    .as(trial)
                    .isEqualTo(true);
        }
        assertThat(probe(probes, "scratch").detail()).containsPattern("[1-9][0-9]* bytes are free");
        // A container sees its kernel's clock, which nobody in there sets.
        assertThat(SERVER.does("timedatectl show -p NTPSynchronized --value").equals("yes"))
                .isEqualTo(probe(probes, "clock").succeeded());
        assertThat(probe(probes, "limits").succeeded())
                .isEqualTo(SERVER.does("cat /sys/fs/cgroup/cgroup.controllers").contains("memory"));
    }

    @Test
    void onlyADeviceThatMakesAMachineIsKvm() {
        // A device that opens and is no KVM, as where the processor or the firmware refuses.
        SERVER.does(
                "mv /dev/kvm /dev/kvm.real 2>/dev/null; umount /dev/kvm 2>/dev/null; rm -f /dev/kvm; mknod /dev/kvm c 1 3");
        HostProbe probe = probe(probes(SERVER.world(), 1), "kvm");
        assertThat(probe.succeeded()).isFalse();
        assertThat(probe.detail()).contains("/dev/kvm makes no machine");

        SERVER.does("rm /dev/kvm");
        assertThat(probe(probes(SERVER.world(), 1), "kvm"))
                .isEqualTo(new HostProbe("kvm", false, "there is no /dev/kvm"));
    }

    @Test
    void aPeerThatIsNotThereIsNotReached() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        HostProbe probe = probe(probes(SERVER.world(), free), "network");
        assertThat(probe.succeeded()).isFalse();
        assertThat(probe.detail()).contains("Connection refused");
    }

    private Map<String, HostProbe> probes(String peer, int port) {
        return done(driver.probe(peer, port)).stream().collect(Collectors.toMap(HostProbe::name, Function.identity()));
    }

    private static HostProbe probe(Map<String, HostProbe> probes, String name) {
        HostProbe probe = probes.get(name);
        assertThat(probe).as(name).isNotNull();
        return java.util.Objects.requireNonNull(probe);
    }
}
