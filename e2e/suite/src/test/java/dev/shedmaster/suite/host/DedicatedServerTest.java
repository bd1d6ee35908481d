package dev.shedmaster.suite.host;

import static dev.shedmaster.suite.host.Orders.done;
import static dev.shedmaster.suite.host.Orders.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.shedmaster.core.host.Disk;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.machine.host.SshHostDriver;
import dev.shedmaster.machine.host.SshRescueSystem;
import dev.shedmaster.machine.host.SshServerDoor;
import dev.shedmaster.port.DedicatedServers;
import dev.shedmaster.port.DedicatedServers.RescueBoot;
import dev.shedmaster.port.DedicatedServers.ResetType;
import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.HostDriver.HostProbe;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.Installation;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.port.RescueSystem;
import dev.shedmaster.port.RescueSystem.Progress;
import dev.shedmaster.port.RescueSystem.RescueReport;
import dev.shedmaster.port.ServerDoor;
import dev.shedmaster.ssh.SshCommand;
import dev.shedmaster.ssh.SshConnection;
import dev.shedmaster.ssh.SshResult;
import dev.shedmaster.suite.world.HostImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A blank server becomes one that runs workers: through Robot, its rescue system, and the system that was written there. All of it is
 * real but for Robot and the hardware, which is emulated.
 */
class DedicatedServerTest {
    /** For each step; emulated, on a machine that others use, too. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String OWNER = "test ci/host";

    /** The root of the workers' containers, of what the server itself has: a shell and few tools. */
    private static final String WORKERS_IMAGE = """
            set -eu
            image=/var/lib/shedmaster/images/busybox
            rm -rf "$image"
            mkdir -p "$image/bin" "$image/etc" "$image/usr" "$image/tmp" "$image/root"
            echo ID=small > "$image/etc/os-release"
            for tool in sh cat sleep tail; do
                cp "$(command -v "$tool")" "$image/bin/"
                ldd "$(command -v "$tool")" | grep -o '/[^ ]*' | while read -r library; do
                    mkdir -p "$image${library%/*}"
                    cp "$library" "$image$library"
                done
            done
            """;

    @TempDir
    Path folder;

    private Path image;
    private RentedMachine machine;
    private Instant since = Instant.now();

    @BeforeEach
    void rent() throws IOException {
        Optional<Path> found = HostImage.find(Path.of("../.."));
        assumeTrue(found.isPresent(), HostImage.MISSING);
        image = found.orElseThrow();
        machine = RentedMachine.rent(folder, image);
    }

    @AfterEach
    void giveBack() {
        if (machine != null) {
            machine.close();
        }
    }

    @Test
    void aBlankServerIsInstalledAndRunsWorkers(TestReporter reporter) throws Exception {
        Set<String> rescueKeys = intoRescue();
        tell(reporter, "the rescue system has told its keys");
        List<String> keys;
        String rescueBoot;
        try (RescueSystem rescue = new SshRescueSystem(machine.connection(rescueKeys))) {
            rescueBoot = inspected(rescue);
            tell(reporter, "it answers and has been looked at");
            keys = installed(rescue);
            tell(reporter, "the image is written");
        }
        try (ServerDoor door = new SshServerDoor(machine.connection(rescueKeys))) {
            assertThat(door.look()).isEqualTo(new Shell.InRescue(rescueBoot));
            done(door.reboot(rescueBoot));
        }

        try (HostDriver driver = driver(Set.copyOf(keys))) {
            eventually(driver::install);
            tell(reporter, "the installed system answers with its keys");
            HostReport report = done(driver.list());
            assertThat(report.bootId()).isNotEqualTo(rescueBoot);
            assertThat(report.architecture()).isEqualTo("amd64");
            assertThat(report.units()).isEmpty();
            assertThat(does(keys, "cat /etc/shedmaster/host; uname -n; lsblk -dno LABEL /dev/nvme1n1"))
                    .isEqualTo("owner " + OWNER + "\ngeneration g1\nhost-1\nshedmaster\n");
            // Who was trusted in the rescue system is nobody here.
            try (HostDriver deceived = driver(rescueKeys)) {
                assertThat(error(deceived.list()))
                        .isInstanceOfSatisfying(
                                PortError.Invalid.class,
                                invalid -> assertThat(invalid.field()).isEqualTo("hostKeys"));
            }
            probed(driver);
            tell(reporter, "it has been tried");

            does(keys, WORKERS_IMAGE);
            String name = Orders.freshName();
            assertThat(Orders.printed(driver, Orders.order(name, "cat /run/shedmaster/agent.env")))
                    .contains("SECRET=of-the-agent");
            done(driver.stop(name));
            tell(reporter, "a worker has come and gone");
            limited(driver);
            tell(reporter, "another has asked for too much");
        }
    }

    /** Through the landlord; the keys of the boot that the reset led to. */
    private Set<String> intoRescue() {
        DedicatedServers landlord = machine.landlord();
        String fingerprint = done(landlord.ensureKey("test", machine.identity().publicKey()));
        RescueBoot before = done(landlord.lastRescue(RentedMachine.NUMBER));
        done(landlord.armRescue(RentedMachine.NUMBER, List.of(fingerprint)));
        done(landlord.reset(RentedMachine.NUMBER, ResetType.HARDWARE));
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(10))
                .until(
                        () -> done(landlord.lastRescue(RentedMachine.NUMBER)),
                        boot -> !boot.equals(before) && !boot.hostKeys().isEmpty())
                .hostKeys();
    }

    /** What the rescue system says of the server; the boot that says so. */
    private String inspected(RescueSystem rescue) {
        RescueReport report = eventually(rescue::inspect);
        assertThat(report.hostName()).isEqualTo("rescue");
        assertThat(report.hardware().architecture()).isEqualTo("amd64");
        assertThat(done(rescue.examine()).hardware().disks()).satisfiesExactly(this::isBlank, this::isBlank);
        assertThat(report.hardware().disks())
                .extracting(Disk::device, Disk::serial)
                .containsExactlyInAnyOrder(
                        tuple("/dev/nvme0n1", Chassis.serial(0)), tuple("/dev/nvme1n1", Chassis.serial(1)));
        return report.bootId();
    }

    private void isBlank(Disk disk) {
        assertThat(disk.wwn()).isNotEmpty();
        assertThat(disk.owner()).isEmpty();
        assertThat(disk.failings()).isEmpty();
    }

    /** Writes the image; the host keys of what was written. */
    private List<String> installed(RescueSystem rescue) throws IOException {
        Installation order = new Installation(
                OWNER,
                "g1",
                "host-1",
                new Installation.Raw(machine.imageUrl(), HostImage.sha256(image)),
                Chassis.serial(0),
                Chassis.serial(1),
                machine.identity().publicKey());
        Progress end = await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> done(rescue.install(order)), progress -> !(progress instanceof Progress.Going));
        assertThat(end).isEqualTo(new Progress.Done());
        List<String> keys = done(rescue.hostKeys());
        assertThat(keys).hasSize(2).anyMatch(key -> key.startsWith("ssh-ed25519 "));
        return keys;
    }

    private void probed(HostDriver driver) {
        Map<String, HostProbe> probes = done(driver.probe(HostImage.WORLD, machine.webPort())).stream()
                .collect(Collectors.toMap(HostProbe::name, Function.identity()));
        assertThat(probes).containsOnlyKeys("kvm", "tun", "scratch", "clock", "limits", "tools", "rules", "network");
        for (String trial : List.of("tun", "scratch", "limits", "tools", "rules", "network")) {
            assertThat(probes.get(trial))
                    .as(trial)
                    .extracting(HostProbe::succeeded)
                    .isEqualTo(true);
        }
        // An emulated processor of this kind cannot emulate others.
        assertThat(probes.get("kvm")).extracting(HostProbe::succeeded).isEqualTo(false);
    }

    /** Unlike a container's, this server's limits are all its systemd's: who asks for more memory is ended. */
    private void limited(HostDriver driver) {
        String name = Orders.freshName();
        done(driver.start(Orders.order(name, "tail /dev/zero; echo \"it ended with $?\"")));
        Orders.awaitPhase(driver, name, HostReport.Phase.ENDED);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(done(driver.logs(name, 100_000))).contains("it ended with 137"));
        done(driver.stop(name));
    }

    private HostDriver driver(Set<String> hostKeys) {
        return new SshHostDriver(machine.connection(hostKeys), BareServer.INSTALLATION, InstantSource.system());
    }

    /** Runs a line of shell on the installed system, as its administrator would; it must succeed. */
    private String does(List<String> hostKeys, String line) {
        try (SshConnection shell = machine.connection(Set.copyOf(hostKeys))) {
            SshResult result =
                    shell.run(new SshCommand("shell", List.of("sh", "-c", line), Duration.ofMinutes(3), 1024 * 1024));
            if (result instanceof SshResult.Ended ended && ended.status() == 0) {
                return ended.output();
            }
            throw new AssertionError(line + ": " + result);
        }
    }

    /** Tries again as long as nobody answers who is to be talked to. */
    private static <T> T eventually(Supplier<Outcome<T>> call) {
        return done(await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(2))
                .until(
                        call::get,
                        outcome -> !(outcome instanceof Outcome.Failed<T>(PortError error)
                                && error instanceof PortError.Transient)));
    }

    /** Where the time goes. */
    private void tell(TestReporter reporter, String step) {
        Instant now = Instant.now();
        reporter.publishEntry(step, Duration.between(since, now).toSeconds() + " s");
        since = now;
    }
}
