package dev.shedmaster.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.host.Disk;
import dev.shedmaster.core.host.Hardware;
import dev.shedmaster.core.host.TroubleKind;
import dev.shedmaster.port.Installation.Raw;
import dev.shedmaster.port.RescueSystem.Progress;
import dev.shedmaster.port.RescueSystem.RescueReport;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What every rescue system owes its callers. A test extends it and says which server is in one, with two disks: the one that is written
 * to, and another.
 */
public abstract class RescueSystemContract {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** The one under test; the same for the whole test. */
    protected abstract RescueSystem rescue();

    /** What names the disk that is installed. */
    protected abstract String rootDisk();

    protected abstract String scratchDisk();

    /** Where an image with a system in it is to be had. */
    protected abstract String image();

    /** The checksum of that image. */
    protected abstract String sha256();

    protected static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(PortError error) -> fail(error.toString());
        };
    }

    protected static PortError failed(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?>(PortError error)
                ? error
                : fail("expected a failure, got " + outcome);
    }

    protected final Installation order(String generation) {
        return new Installation(
                "t1 ci/host",
                generation,
                "host-1",
                new Raw(image(), sha256()),
                rootDisk(),
                scratchDisk(),
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0n9kVLAYMr4ytAljOChmEhz++MoN+XeB+OpPK85NBU");
    }

    private Installation with(String image, String sha256) {
        Installation order = order("g1");
        return new Installation(
                order.owner(),
                order.generation(),
                order.hostName(),
                new Raw(image, sha256),
                order.rootDisk(),
                order.scratchDisk(),
                order.authorizedKey());
    }

    /** Asks again and again until it has ended. */
    protected static Outcome<Progress> untilItEnds(Supplier<Outcome<Progress>> ask) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        ask::get,
                        outcome -> !(outcome instanceof Outcome.Done<Progress>(Progress progress)
                                && progress instanceof Progress.Going));
    }

    private Progress installed(Installation order) {
        return done(untilItEnds(() -> rescue().install(order)));
    }

    private List<Disk> examined() {
        return done(rescue().examine()).hardware().disks();
    }

    private static Disk named(List<Disk> disks, String id) {
        return disks.stream()
                .filter(disk -> disk.id().equals(id))
                .findAny()
                .orElseThrow(() -> new AssertionError("no disk is called " + id + ": " + disks));
    }

    @Test
    void anInspectionTellsWhatTheServerIsMadeOf() {
        RescueReport report = done(rescue().inspect());

        assertThat(report.bootId()).hasSize(36);
        Hardware hardware = report.hardware();
        assertThat(hardware.architecture()).isIn("arm64", "amd64");
        assertThat(hardware.cpus()).isPositive();
        assertThat(hardware.memoryBytes()).isGreaterThan(1L << 30);
        assertThat(hardware.disks()).extracting(Disk::id).contains(rootDisk(), scratchDisk());
        assertThat(hardware.disks())
                .allSatisfy(disk -> assertThat(disk.bytes()).isPositive())
                .allSatisfy(disk -> assertThat(disk.owner()).isEmpty())
                .allSatisfy(disk -> assertThat(disk.failings()).isEmpty());
        assertThat(done(rescue().inspect())).isEqualTo(report);
    }

    @Test
    void whatWasInstalledBearsItsOwnersMarkAndKeysOfItsOwn() {
        assertThat(done(rescue().install(order("g1")))).isInstanceOf(Progress.Going.class);
        assertThat(installed(order("g1"))).isEqualTo(new Progress.Done());

        assertThat(named(examined(), rootDisk()).owner()).isEqualTo("t1 ci/host");
        assertThat(named(examined(), scratchDisk()).owner()).isEmpty();
        assertThat(done(rescue().hostKeys()))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key).matches("[a-z0-9-]+ AAAA[A-Za-z0-9+/=]+ ?"))
                .anySatisfy(key -> assertThat(key).startsWith("ssh-ed25519 "));
    }

    @Test
    void askedAgainItIsNotInstalledAgain() {
        installed(order("g1"));
        List<String> keys = done(rescue().hostKeys());

        assertThat(done(rescue().install(order("g2")))).isEqualTo(new Progress.Done());
        assertThat(done(rescue().hostKeys())).isEqualTo(keys);
    }

    @Test
    void aWrongChecksumIsSaidWithWhatWasOrdered() {
        String other = "00".repeat(32);

        assertThat(installed(with(image(), other))).isInstanceOfSatisfying(Progress.Failed.class, failed -> {
            assertThat(failed.trouble().kind()).isEqualTo(TroubleKind.IMAGE_UNUSABLE);
            assertThat(failed.trouble().message())
                    .contains(image() + " has the checksum " + sha256(), "spec.image says " + other);
        });
        assertThat(named(examined(), rootDisk()).owner()).isEmpty();
        assertThat(rescue().hostKeys()).isInstanceOf(Outcome.Failed.class);
        assertThat(done(rescue().install(order("g1"))))
                .as("not begun again in this boot")
                .isInstanceOf(Progress.Failed.class);
    }

    @Test
    void anImageThatIsNotThereIsToldApart() {
        String nowhere = image().replace("host.raw.zst", "none.raw.zst");

        assertThat(installed(with(nowhere, sha256()))).isInstanceOfSatisfying(Progress.Failed.class, failed -> {
            assertThat(failed.trouble().kind()).isEqualTo(TroubleKind.IMAGE_UNREACHABLE);
            assertThat(failed.trouble().message()).contains(nowhere + " cannot be fetched (curl 22)");
        });
    }

    @Test
    void aDiskThatNobodyHasIsAWrongOrder() {
        Installation order =
                new Installation("t1 ci/host", "g1", "host-1", new Raw(image(), sha256()), "eui.99", "", "k");

        assertThat(failed(untilItEnds(() -> rescue().install(order))))
                .isEqualTo(new PortError.Invalid("order", "no disk is called eui.99"));
    }

    @Test
    void wipedDisksBearNoMark() {
        installed(order("g1"));

        assertThat(done(untilItEnds(() -> rescue().wipe()))).isEqualTo(new Progress.Done());
        assertThat(examined()).extracting(Disk::owner).containsOnly("");
    }

    @Test
    void thereAreNoHostKeysOfNothing() {
        assertThat(failed(rescue().hostKeys())).isEqualTo(new PortError.NotFound("nothing was installed in this boot"));
    }
}
