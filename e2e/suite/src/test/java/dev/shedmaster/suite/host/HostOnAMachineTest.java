package dev.shedmaster.suite.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.lab.robot.machine.RescueFiles;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.HostImage;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kubectl apply} of a BareMetalHost turns a blank machine into one that serves. The machine is emulated: it really boots a rescue
 * system over its network, has its disk written, and boots from that. It has no {@code /dev/kvm}, so none is asked for.
 */
@ExtendWith(Trials.class)
class HostOnAMachineTest {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int NUMBER = 321;

    @TempDir
    Path folder;

    private @Nullable HttpServer web;

    @AfterEach
    void close() {
        if (web != null) {
            web.stop(0);
        }
    }

    @Test
    void aBlankMachineBecomesReadyAndIsWipedAtItsEnd(Trial trial, TestReporter reporter) throws IOException {
        Optional<Path> image = HostImage.find(Path.of("../.."));
        assumeTrue(image.isPresent(), HostImage.MISSING);
        Optional<String> missing = RescueFiles.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        World world = trial.served();
        Chassis chassis = Chassis.build(RescueFiles.made(), 1024, List.of(4L << 30, 2L << 30), folder);
        world.lab().robot().rentMachine(NUMBER, chassis);
        Instant begun = Instant.now();
        world.apply(Manifests.robot(world.lab(), ClientKey.fresh().privateKey()));
        world.apply(host(image.orElseThrow()));

        awaitPhase(world, HostPhase.READY);
        reporter.publishEntry(
                "from apply to ready", Duration.between(begun, Instant.now()).toSeconds() + " s");
        BareMetalHostStatus ready = status(world);
        assertThat(ready.inspection()).isNotNull();
        assertThat(ready.inspection().architecture()).isEqualTo("amd64");
        assertThat(ready.record().installed()).isNotNull();
        assertThat(ready.record().installed().hostKeys()).isNotEmpty();

        begun = Instant.now();
        world.all(BareMetalHost.class).withName("machine").delete();
        await().atMost(PATIENCE)
                .until(() -> world.all(BareMetalHost.class).withName("machine").get() == null);
        reporter.publishEntry(
                "from delete to wiped", Duration.between(begun, Instant.now()).toSeconds() + " s");
        try (InputStream disk = Files.newInputStream(chassis.disks().getFirst())) {
            assertThat(disk.readNBytes(1 << 20)).containsOnly(0);
        }
    }

    private String host(Path image) throws IOException {
        HttpServer shop = HostImage.serve(image);
        web = shop;
        return Manifests.emulatedHost("machine", NUMBER, HostImage.url(shop, image), HostImage.sha256(image))
                + "  deletionPolicy: Wipe\n";
    }

    private static void awaitPhase(World world, HostPhase phase) {
        await("the host is " + phase)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(status(world).phase()).isEqualTo(phase));
    }

    private static BareMetalHostStatus status(World world) {
        BareMetalHostStatus status =
                world.all(BareMetalHost.class).withName("machine").require().getStatus();
        return status == null ? BareMetalHostStatus.initial() : status;
    }
}
