package dev.shedmaster.machine.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.machine.host.GuestSettings.Language;
import dev.shedmaster.machine.host.qemu.Accelerator;
import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Container;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.port.HostOrder.Disk;
import dev.shedmaster.port.HostOrder.VirtualMachine;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestOrdersTest {
    private static final String NAME = "sm-arm64-kvm-aaaaaaab";

    private static HostOrder made(MachineOrder order) {
        return made(order, Accelerator.KVM);
    }

    private static HostOrder made(MachineOrder order, Accelerator accelerator) {
        Outcome<HostOrder> outcome = GuestOrders.of(order, accelerator);
        if (outcome instanceof Outcome.Done<HostOrder>(HostOrder made)) {
            assertThat(OrderArchive.of(made)).as("that it can be written down").isInstanceOf(Outcome.Done.class);
            return made;
        }
        throw new AssertionError(outcome.toString());
    }

    private static String file(HostOrder order, String name) {
        byte[] content = order.files().get(name);
        assertThat(content).as(name).isNotNull();
        return new String(content, StandardCharsets.UTF_8);
    }

    @Test
    void aContainerBootsItsImageAndIsToldToStartTheAgent() {
        HostOrder order = made(GuestSample.container(NAME, "uid"));
        assertThat(order.form()).isInstanceOfSatisfying(Container.class, container -> {
            assertThat(container.image()).isEqualTo("worker-jenkins");
            assertThat(container.isBooted()).isTrue();
            assertThat(container.command()).containsExactly("systemd.wants=shedmaster-agent.service");
            assertThat(container.volumes())
                    .containsExactly("/var/lib/docker", "/var/lib/containerd", "/var/lib/jenkins");
            assertThat(container.devices()).containsExactlyInAnyOrder(Device.KVM, Device.TUN);
        });
        assertThat(file(order, "agent.env")).contains("JENKINS_SECRET");
        assertThat(order.owner().worker()).isEqualTo("ci/" + NAME);
        assertThat(order.reach()).isEqualTo(new HostOrder.Reach(List.of("192.0.2.53"), List.of("10.0.0.0/8")));
    }

    /** What is promised to it and what it may use at most are one number. */
    @Test
    void itMayUseWhatItsSlotTakesOfTheHost() {
        HostOrder order = made(GuestSample.container(NAME, "uid"));
        assertThat(order.limits().memoryBytes()).isEqualTo(48L << 30);
        assertThat(order.limits().cpuPercent()).isEqualTo(1600);
        assertThat(order.limits().tasks()).isEqualTo(16 * 1024);
    }

    @Test
    void kvmIsHandedOnOnlyToWhomItWasPromised() {
        MachineOrder order = GuestSample.order(NAME, "uid", Isolation.CONTAINER, Language.FILES, "{}", 0);
        assertThat(made(order).form())
                .isInstanceOfSatisfying(
                        Container.class,
                        container -> assertThat(container.devices()).containsExactly(Device.TUN));
    }

    @Test
    void aVirtualMachineWithCloudInitHasASeed() {
        HostOrder order = made(GuestSample.machine(NAME, Language.CLOUD_INIT, "#cloud-config\n"));
        assertThat(order.form()).isInstanceOfSatisfying(VirtualMachine.class, machine -> {
            assertThat(machine.disk()).isEqualTo(new Disk("worker-jenkins.qcow2", "qcow2", 60L << 30));
            assertThat(machine.variables()).isEqualTo("/usr/share/AAVMF/AAVMF_VARS.fd");
            assertThat(machine.command().getFirst()).isEqualTo("qemu-system-aarch64");
            assertThat(machine.command())
                    .contains("kvm", "cpus=16", "size=48192M")
                    .anyMatch(word -> word.contains("/run/shedmaster/units/" + NAME + "/files/seed"))
                    .anyMatch(word -> word.contains("ifname=sm-aaaaaaab"))
                    .anyMatch(word -> word.contains("/var/lib/shedmaster/units/" + NAME + "/variables.fd"))
                    .noneMatch(word -> word.contains("fw_cfg"));
        });
        assertThat(order.files()).containsOnlyKeys("seed");
    }

    /** Together they must stay within the slot, or the guest is killed by its own host. */
    @Test
    void qemuAndItsGuestShareTheSlot() {
        assertThat(GuestOrders.guestMemoryMib(49_152, Accelerator.KVM)).isEqualTo(49_152 - 192 - 768);
        assertThat(GuestOrders.guestMemoryMib(2048, Accelerator.KVM)).isEqualTo(2048 - 192 - 32);
    }

    /** Where QEMU emulates, the code that it has translated is of the slot's memory, too. */
    @Test
    void aHostThatEmulatesIsAskedForThat() {
        MachineOrder order = GuestSample.machine(NAME, Language.CLOUD_INIT, "#cloud-config\n");
        assertThat(made(order, Accelerator.TCG).form())
                .isInstanceOfSatisfying(
                        VirtualMachine.class,
                        machine -> assertThat(machine.command())
                                .contains("tcg,tb-size=256", "size=47936M")
                                .doesNotContain("kvm"));
    }

    @Test
    void aVirtualMachineWithIgnitionIsToldItsAddressThere() throws Exception {
        String config = "{\"ignition\":{\"version\":\"3.3.0\"},\"storage\":{\"files\":[{\"path\":\"/etc/mine\"}]}}";
        HostOrder order = made(GuestSample.machine(NAME, Language.IGNITION, config));
        assertThat(order.form())
                .isInstanceOfSatisfying(
                        VirtualMachine.class,
                        machine -> assertThat(machine.command())
                                .anyMatch(word -> word.contains("opt/org.flatcar-linux/config")
                                        && word.endsWith("/files/ignition"))
                                .noneMatch(word -> word.contains("seed")));
        JsonNode files =
                new ObjectMapper().readTree(order.files().get("ignition")).at("/storage/files");
        assertThat(files).hasSize(2);
        assertThat(files.at("/0/path").textValue()).isEqualTo("/etc/mine");
        assertThat(files.at("/1/path").textValue()).isEqualTo("/etc/systemd/network/00-shedmaster.network");
        String source = files.at("/1/contents/source").textValue();
        GuestNetwork network = GuestNetwork.of(MachineName.parse(NAME).orElseThrow());
        assertThat(new String(
                        Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1)), StandardCharsets.UTF_8))
                .contains("Address=" + network.address() + "/30", "Gateway=" + network.gateway(), "DNS=192.0.2.53");
    }

    @Test
    void aConfigurationWithoutFilesGetsSome() {
        assertThat(made(GuestSample.machine(NAME, Language.IGNITION, "{}")).files())
                .containsOnlyKeys("ignition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"SECRET\"", "{\"agent.env\": 7}", "{\"agent.env\": \"%\"}", "{SECRET"})
    void bootDataThatCannotBeReadAreRefusedWithoutBeingShown(String bootData) {
        MachineOrder order = GuestSample.order(NAME, "uid", Isolation.CONTAINER, Language.FILES, bootData, 0);
        Outcome<HostOrder> outcome = GuestOrders.of(order, Accelerator.KVM);
        if (outcome instanceof Outcome.Failed<HostOrder>(PortError.Invalid invalid)) {
            assertThat(invalid.field()).isEqualTo("bootstrap");
            assertThat(invalid.message()).doesNotContain("SECRET");
        } else {
            throw new AssertionError("taken: " + outcome);
        }
    }
}
