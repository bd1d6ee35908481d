package dev.shedmaster.machine.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.port.HostOrder;
import dev.shedmaster.port.HostOrder.Container;
import dev.shedmaster.port.HostOrder.Device;
import dev.shedmaster.port.HostOrder.Disk;
import dev.shedmaster.port.HostOrder.Form;
import dev.shedmaster.port.HostOrder.Limits;
import dev.shedmaster.port.HostOrder.Reach;
import dev.shedmaster.port.HostOrder.VirtualMachine;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OrderArchiveTest {
    private static final String NAME = "sm-arm-aaaaaaaa";
    private static final MachineOwner OWNER = new MachineOwner("one", "ci/arm", "ci/" + NAME, "1234");
    private static final Limits LIMITS = new Limits(1L << 30, 150, 500, Duration.ofSeconds(30));
    private static final Reach REACH = new Reach(List.of("1.1.1.1", "8.8.8.8"), List.of("10.0.0.0/8"));
    private static final Container CONTAINER = new Container(
            "busybox",
            false,
            List.of("/bin/sh", "-c", "echo 'a b'"),
            List.of("/var/lib/docker"),
            Set.of(Device.TUN, Device.KVM));

    @Test
    void aContainersOrderIsReadByTheRealTar(@TempDir Path folder) throws Exception {
        unpack(order(CONTAINER, Map.of("agent.env", bytes("SECRET=x\n"), "big", new byte[1025])), folder);

        assertThat(folder.resolve("order")).content().isEqualTo("""
                        name sm-arm-aaaaaaaa
                        installation one
                        pool ci/arm
                        worker ci/sm-arm-aaaaaaaa
                        uid 1234
                        memory 1073741824
                        cpu 150
                        tasks 500
                        stop-seconds 30
                        address 100.64.0.2
                        gateway 100.64.0.1
                        resolver 1.1.1.1
                        resolver 8.8.8.8
                        refuse 10.0.0.0/8
                        form container
                        image busybox
                        boot no
                        volume /var/lib/docker
                        device kvm
                        device net/tun
                        """);
        assertThat(folder.resolve("command")).content().isEqualTo("/bin/sh\n-c\necho 'a b'\n");
        assertThat(folder.resolve("files/agent.env")).content().isEqualTo("SECRET=x\n");
        assertThat(folder.resolve("files/big")).hasSize(1025);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("files/agent.env"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("files"))))
                .isEqualTo("rwx------");
        assertThat(folder.resolve("whole")).exists();
    }

    @Test
    void aMachinesOrderSaysWhatItsDiskIsMadeOf(@TempDir Path folder) throws Exception {
        Form machine = new VirtualMachine(
                List.of("qemu-system-aarch64", "-nodefaults"), new Disk("ubuntu.img", "qcow2", 1L << 35));
        unpack(order(machine, Map.of()), folder);

        assertThat(folder.resolve("order")).content().endsWith("""
                        form machine
                        disk-base ubuntu.img
                        disk-format qcow2
                        disk-bytes 34359738368
                        """);
        assertThat(folder.resolve("command")).content().isEqualTo("qemu-system-aarch64\n-nodefaults\n");
        assertThat(folder.resolve("files")).isEmptyDirectory();
    }

    @ParameterizedTest
    @MethodSource
    void whatCouldBeReadAsSomethingElseIsNotWritten(String field, HostOrder order) {
        assertThat(OrderArchive.of(order))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.error())
                                .isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
                                    assertThat(invalid.field()).isEqualTo(field);
                                    assertThat(invalid.message()).startsWith(field + " ");
                                }));
    }

    static Stream<Arguments> whatCouldBeReadAsSomethingElseIsNotWritten() {
        return Stream.of(
                Arguments.of("name", new HostOrder("not-ours", OWNER, CONTAINER, LIMITS, REACH, Map.of())),
                Arguments.of(
                        "installation",
                        new HostOrder(
                                NAME,
                                new MachineOwner("a\nform machine", "p", "w", "u"),
                                CONTAINER,
                                LIMITS,
                                REACH,
                                Map.of())),
                Arguments.of(
                        "pool",
                        new HostOrder(NAME, new MachineOwner("a", "", "w", "u"), CONTAINER, LIMITS, REACH, Map.of())),
                Arguments.of(
                        "resolver",
                        new HostOrder(NAME, OWNER, CONTAINER, LIMITS, new Reach(List.of("a b"), List.of()), Map.of())),
                Arguments.of(
                        "refuse",
                        new HostOrder(NAME, OWNER, CONTAINER, LIMITS, new Reach(List.of(), List.of("}")), Map.of())),
                Arguments.of("files", order(CONTAINER, Map.of("../order", bytes("x")))),
                Arguments.of("files", order(CONTAINER, Map.of("..", bytes("x")))),
                Arguments.of(
                        "image", order(new Container("../../..", false, List.of("x"), List.of(), Set.of()), Map.of())),
                Arguments.of(
                        "volumes",
                        order(new Container("a", false, List.of("x"), List.of("/a/../b"), Set.of()), Map.of())),
                Arguments.of(
                        "command", order(new Container("a", false, List.of("x\ny"), List.of(), Set.of()), Map.of())),
                Arguments.of("command", order(new Container("a", false, List.of(), List.of(), Set.of()), Map.of())),
                Arguments.of("command", order(new VirtualMachine(List.of(), null), Map.of())),
                Arguments.of(
                        "baseImage",
                        order(new VirtualMachine(List.of("q"), new Disk("/etc/shadow", "raw", 1)), Map.of())),
                Arguments.of("bytes", order(new VirtualMachine(List.of("q"), new Disk("a", "raw", 0)), Map.of())),
                Arguments.of(
                        "memoryBytes",
                        new HostOrder(
                                NAME, OWNER, CONTAINER, new Limits(0, 1, 1, Duration.ofSeconds(1)), REACH, Map.of())),
                Arguments.of(
                        "stopWithin",
                        new HostOrder(
                                NAME, OWNER, CONTAINER, new Limits(1, 1, 1, Duration.ofSeconds(61)), REACH, Map.of())),
                Arguments.of(
                        "stopWithin",
                        new HostOrder(
                                NAME, OWNER, CONTAINER, new Limits(1, 1, 1, Duration.ofMillis(1)), REACH, Map.of())));
    }

    @Test
    void anOrderTellsNothingOfItsFiles() {
        assertThat(order(CONTAINER, Map.of("agent.env", bytes("SECRET"))).toString())
                .contains("agent.env", NAME)
                .doesNotContain("SECRET");
    }

    private static HostOrder order(Form form, Map<String, byte[]> files) {
        return new HostOrder(NAME, OWNER, form, LIMITS, REACH, files);
    }

    private static void unpack(HostOrder order, Path folder) throws IOException, InterruptedException {
        if (!(OrderArchive.of(order) instanceof Outcome.Done<byte[]>(byte[] archive))) {
            throw new AssertionError("not written: " + OrderArchive.of(order));
        }
        Process tar = new ProcessBuilder("tar", "-x", "-f", "-", "-C", folder.toString())
                .redirectErrorStream(true)
                .start();
        try (OutputStream input = tar.getOutputStream()) {
            input.write(archive);
        }
        assertThat(new String(tar.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(tar.waitFor()).isZero();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
