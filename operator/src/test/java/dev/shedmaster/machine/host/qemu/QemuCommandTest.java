package dev.shedmaster.machine.host.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.core.slot.Architecture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QemuCommandTest {
    private static final String CODE = "/usr/share/AAVMF/AAVMF_CODE.fd";
    private static final Firmware FIRMWARE = new Firmware(CODE, "/w/vars.fd");
    private static final Guest.Configuration NOTHING = new Guest.Configuration(null, null, Map.of());
    private static final Guest GUEST = guest(
            Architecture.ARM64,
            Accelerator.KVM,
            new Guest.Configuration(
                    "/w/seed.img", "/w/config.ign", Map.of("url", "/run/w/url", "secret", "/run/w/secret")),
            new Network.Tap("tap-w1"));

    private static Guest guest(
            Architecture architecture, Accelerator accelerator, Guest.Configuration configuration, Network network) {
        return new Guest(
                "pool-x7k2p",
                architecture,
                accelerator,
                16,
                49_152,
                FIRMWARE,
                "/w/disk.qcow2",
                configuration,
                network,
                "/w/control",
                "/w/console");
    }

    /** One line an option. */
    private static List<String> lines(Guest guest) {
        return List.of(
                String.join(" ", QemuCommand.of(guest)).replace(" -", "\n-").split("\n", -1));
    }

    private static String line(Guest guest, String option) {
        return lines(guest).stream()
                .filter(line -> line.startsWith(option + " "))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theWholeCommandForAnRx220() {
        assertThat(lines(GUEST))
                .containsExactly(
                        "qemu-system-aarch64",
                        "-name guest=pool-x7k2p",
                        "-nodefaults",
                        "-no-user-config",
                        "-machine virt,gic-version=host,pflash0=firmware-code,pflash1=firmware-variables",
                        "-accel kvm",
                        "-cpu host",
                        "-smp cpus=16",
                        "-m size=49152M",
                        "-object rng-random,id=entropy,filename=/dev/urandom",
                        "-device virtio-rng-pci,rng=entropy",
                        "-no-reboot",
                        "-sandbox on,obsolete=deny,elevateprivileges=deny,spawn=deny,resourcecontrol=deny",
                        "-blockdev driver=raw,node-name=firmware-code,read-only=on,file.driver=file,file.filename="
                                + CODE,
                        "-blockdev driver=raw,node-name=firmware-variables,file.driver=file,file.filename=/w/vars.fd",
                        "-object iothread,id=disk-thread",
                        "-blockdev driver=qcow2,node-name=disk,discard=unmap,file.discard=unmap,file.driver=file,"
                                + "file.filename=/w/disk.qcow2",
                        "-device virtio-blk-pci,id=disk,drive=disk,iothread=disk-thread,bootindex=1",
                        "-blockdev driver=raw,node-name=seed,read-only=on,file.driver=file,file.filename=/w/seed.img",
                        "-device virtio-blk-pci,id=seed,drive=seed",
                        "-fw_cfg name=opt/org.flatcar-linux/config,file=/w/config.ign",
                        "-fw_cfg name=opt/io.systemd.credentials/secret,file=/run/w/secret",
                        "-fw_cfg name=opt/io.systemd.credentials/url,file=/run/w/url",
                        "-netdev tap,id=network,ifname=tap-w1,script=no,downscript=no",
                        "-device virtio-net-pci,id=network,netdev=network,mac=52:54:00:29:85:10,romfile=",
                        "-display none",
                        "-chardev file,id=console,path=/w/console",
                        "-serial chardev:console",
                        "-chardev socket,id=control,server=on,wait=off,path=/w/control",
                        "-mon chardev=control,mode=control");
    }

    @Test
    void whatIsNotThereIsNotNamed() {
        assertThat(lines(guest(Architecture.ARM64, Accelerator.KVM, NOTHING, new Network.UserMode())))
                .noneMatch(line -> line.startsWith("-fw_cfg") || line.contains("seed"))
                .contains("-netdev user,id=network");
    }

    @Test
    void eachArchitectureHasItsMachineWithAndWithoutKvm() {
        Guest emulatedArm = guest(Architecture.ARM64, Accelerator.TCG, NOTHING, new Network.UserMode());
        assertThat(line(emulatedArm, "-machine")).startsWith("-machine virt,gic-version=3,");
        assertThat(line(emulatedArm, "-cpu")).isEqualTo("-cpu neoverse-n1");
        assertThat(line(emulatedArm, "-accel")).isEqualTo("-accel tcg,tb-size=256");

        Guest amd = guest(Architecture.AMD64, Accelerator.KVM, NOTHING, new Network.UserMode());
        assertThat(lines(amd)).first().isEqualTo("qemu-system-x86_64");
        assertThat(line(amd, "-machine")).isEqualTo("-machine q35,pflash0=firmware-code,pflash1=firmware-variables");
        assertThat(line(amd, "-cpu")).isEqualTo("-cpu host");
        assertThat(line(amd, "-accel")).isEqualTo("-accel kvm");

        Guest emulatedAmd = guest(Architecture.AMD64, Accelerator.TCG, NOTHING, new Network.UserMode());
        assertThat(line(emulatedAmd, "-machine")).startsWith("-machine q35,pflash0");
        assertThat(line(emulatedAmd, "-cpu")).isEqualTo("-cpu Nehalem");
    }

    @Test
    void commasInPathsAreDoubled() {
        Guest.Configuration configuration = new Guest.Configuration("/a,b/s", "/a,b/i", Map.of("c", "/a,b/c"));
        Guest guest = new Guest(
                "w",
                Architecture.ARM64,
                Accelerator.KVM,
                1,
                1,
                new Firmware("/a,b/code", "/a,b/vars"),
                "/a,b,,c/d",
                configuration,
                new Network.UserMode(),
                "/a,b/control",
                "/a,b/console");
        assertThat(lines(guest))
                .filteredOn(line -> line.contains("/"))
                .filteredOn(line -> !line.contains("/dev/urandom"))
                .hasSize(8)
                .allMatch(line -> line.contains("/a,,b"))
                .noneMatch(line -> line.matches(".*/a,[^,].*"))
                .anyMatch(line -> line.endsWith("=/a,,b,,,,c/d"));
    }

    @Test
    void aWorkersAddressIsItsOwnAndStays() {
        assertThat(MacAddress.of("pool-x7k2p")).isEqualTo("52:54:00:29:85:10").isEqualTo(MacAddress.of("pool-x7k2p"));
        assertThat(MacAddress.of("pool-x7k2q")).startsWith("52:54:00:").isNotEqualTo(MacAddress.of("pool-x7k2p"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-w", "w-", "W", "w,x", "w=x", "w x", "w\n", "w.x"})
    void aNameIsAWorkers(String name) {
        assertThatThrownBy(() -> named(name)).hasMessageStartingWith("name must be");
    }

    @Test
    void aNameHasUpTo63Characters() {
        assertThat(line(named("w".repeat(63)), "-name")).endsWith("w".repeat(63));
        assertThatThrownBy(() -> named("w".repeat(64))).hasMessageStartingWith("name must be");
    }

    private static Guest named(String name) {
        return new Guest(
                name,
                Architecture.ARM64,
                Accelerator.KVM,
                1,
                1,
                FIRMWARE,
                "/d",
                NOTHING,
                new Network.UserMode(),
                "/s",
                "/c");
    }

    @Test
    void sizesAreAtLeastOne() {
        assertThatThrownBy(() -> sized(0, 1)).hasMessage("cpus and memoryMib must be at least 1, not 0 and 1");
        assertThatThrownBy(() -> sized(1, 0)).hasMessage("cpus and memoryMib must be at least 1, not 1 and 0");
    }

    private static Guest sized(int cpus, long memoryMib) {
        return new Guest(
                "w",
                Architecture.ARM64,
                Accelerator.KVM,
                cpus,
                memoryMib,
                FIRMWARE,
                "/d",
                NOTHING,
                new Network.UserMode(),
                "/s",
                "/c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relative", "/a\0b", "/a\nb", "/a\u007f"})
    void pathsAreAbsoluteAndPrintable(String path) {
        assertThatThrownBy(() -> new Firmware(path, "/v")).hasMessageStartingWith("firmware.code must be");
        assertThatThrownBy(() -> new Firmware("/c", path)).hasMessageStartingWith("firmware.variables must be");
        assertThatThrownBy(() -> files(path, "/s", "/c")).hasMessageStartingWith("disk must be");
        assertThatThrownBy(() -> files("/d", path, "/c")).hasMessageStartingWith("controlSocket must be");
        assertThatThrownBy(() -> files("/d", "/s", path)).hasMessageStartingWith("console must be");
        assertThatThrownBy(() -> new Guest.Configuration(path, null, Map.of()))
                .hasMessageStartingWith("configuration.seed must be");
        assertThatThrownBy(() -> new Guest.Configuration(null, path, Map.of()))
                .hasMessageStartingWith("configuration.ignition must be");
        assertThatThrownBy(() -> new Guest.Configuration(null, null, Map.of("url", path)))
                .hasMessageStartingWith("configuration.credentials.url must be");
    }

    @Test
    void aSocketsPathHasUpTo107Bytes() {
        assertThat(files("/d", "/" + "s".repeat(106), "/c").controlSocket()).hasSize(107);
        assertThatThrownBy(() -> files("/d", "/" + "s".repeat(107), "/c"))
                .hasMessageStartingWith("controlSocket must have at most 107 bytes");
        assertThatThrownBy(() -> files("/d", "/" + "ß".repeat(54), "/c"))
                .hasMessageStartingWith("controlSocket must have at most 107 bytes");
    }

    private static Guest files(String disk, String controlSocket, String console) {
        return new Guest(
                "w",
                Architecture.ARM64,
                Accelerator.KVM,
                1,
                1,
                FIRMWARE,
                disk,
                NOTHING,
                new Network.UserMode(),
                controlSocket,
                console);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "-x", "a/b", "a,b", "a b", "12345678901234567890123456789"})
    void aCredentialsNameFitsIntoQemusNames(String name) {
        assertThatThrownBy(() -> new Guest.Configuration(null, null, Map.of(name, "/f")))
                .hasMessageStartingWith("a credential's name must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567890123456", "a/b", "a,script=x", "a b", ".."})
    void aTapIsAnInterfaceOfLinux(String name) {
        assertThatThrownBy(() -> new Network.Tap(name)).hasMessageStartingWith("network.name must be");
    }
}
