package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.awaitPhase;
import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.freshName;
import static dev.shedmaster.suite.host.Orders.ownerOf;
import static dev.shedmaster.suite.host.Orders.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.machine.host.GuestNetwork;
import dev.shedmaster.machine.host.WorkerFolders;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Disk;
import dev.shedmaster.port.HostOrder.Limits;
import dev.shedmaster.port.HostOrder.Reach;
import dev.shedmaster.port.HostOrder.VirtualMachine;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Virtual machines by the real QEMU, which emulates; there is no operating system in them. */
class MachinesOnAServerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final BareServer SERVER = new BareServer();

    private final HostDriver driver = SERVER.driver();
    private final MachineName name = MachineName.parse(freshName()).orElseThrow();
    private final GuestNetwork network = GuestNetwork.of(name);
    private final WorkerFolders folders = new WorkerFolders(name);

    @BeforeEach
    void install() {
        done(driver.install());
    }

    @Test
    void aMachineHasItsDiskAndItsNetworkAndIsGoneWithThem() {
        SERVER.does("qemu-img create -q -f qcow2 " + WorkerFolders.image("blank.qcow2") + " 1M");
        String image = SERVER.does("sha256sum " + WorkerFolders.image("blank.qcow2"));
        String qemu =
                "qemu-system-x86_64 -nodefaults -no-user-config -machine q35,graphics=off -accel tcg,tb-size=32 -cpu qemu64 -m 64"
                        + " -display none -serial stdio -drive if=virtio,format=qcow2,file=" + folders.disk()
                        + " -netdev tap,id=n0,ifname=" + network.interfaceName() + ",script=no,downscript=no"
                        + " -device virtio-net-pci,netdev=n0,romfile=";
        done(driver.start(
                order(List.of(qemu.split(" ")), new Disk("blank.qcow2", "qcow2", 64L << 20), Duration.ofSeconds(2))));

        awaitPhase(driver, name.toString(), Phase.RUNNING);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(done(driver.logs(name.toString(), 100_000))).contains("SeaBIOS"));
        assertThat(SERVER.does("ip -o addr show " + network.interfaceName())).contains(network.gateway() + "/30");
        await().untilAsserted(() -> assertThat(SERVER.does("ip -o link show " + network.interfaceName()))
                .contains("LOWER_UP"));
        assertThat(SERVER.does("qemu-img info --force-share " + folders.disk()))
                .contains("virtual size: 64 MiB", "backing file: " + WorkerFolders.image("blank.qcow2"));

        // Nobody in there hears the power button: it is waited for as long as the order says.
        done(driver.stop(name.toString()));
        assertThat(unit(driver, name.toString())).isEmpty();
        assertThat(SERVER.does("ip -o link; nft list tables; ls /var/lib/shedmaster/units; pgrep qemu; true"))
                .doesNotContain(name.suffix())
                .doesNotContainPattern("(?m)^[0-9]+$");
        assertThat(SERVER.does("sha256sum " + WorkerFolders.image("blank.qcow2")))
                .isEqualTo(image);
    }

    /** A guest that shuts down when it is asked to, played by a script that reads QEMU's monitor as QEMU does. */
    @Test
    void aGuestIsAskedToShutDown() {
        String script = """
                for word; do case $word in pipe,*path=*) monitor=${word##*path=};; esac; done; echo booted; \
                exec 3<> "$monitor.in"; \
                while read -r order <&3; do echo "asked for $order"; [ "$order" != system_powerdown ] || exit 0; done""".strip();
        done(driver.start(order(List.of("sh", "-c", script, "guest"), null, Duration.ofSeconds(30))));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(done(driver.logs(name.toString(), 100_000))).contains("booted"));

        done(driver.stop(name.toString()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(done(driver.logs(name.toString(), 100_000)))
                        .contains("asked for system_powerdown", "Deactivated successfully"));
    }

    private HostOrder order(List<String> command, @Nullable Disk disk, Duration stopWithin) {
        return new HostOrder(
                name.toString(),
                ownerOf(name.toString()),
                new VirtualMachine(command, disk),
                new Limits(512L << 20, 100, 200, stopWithin),
                new Reach(List.of(), List.of()),
                Map.of());
    }
}
