package dev.shedmaster.bench;

import com.sun.net.httpserver.HttpServer;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.lab.robot.machine.RescueFiles;
import dev.shedmaster.suite.world.HostImage;
import dev.shedmaster.suite.world.Manifests;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From the manifest of a blank machine, which QEMU emulates, until it serves: where the time goes. */
final class MachineInstallation {
    private static final int NUMBER = 900;
    private static final String NAME = "machine";
    private static final int MEMORY_MIB = 1024;
    private static final List<Long> DISKS = List.of(4L << 30, 2L << 30);
    private static final Duration OFTEN = Duration.ofMillis(200);

    private MachineInstallation() {}

    /** Installs it, and returns how many seconds each stage took, in order. A stage that is passed within a look does not show. */
    static Map<String, Double> measure(HostsUnderTest hosts, Path image) {
        HttpServer images = serve(image);
        try (ScratchFolder folder = ScratchFolder.fresh()) {
            hosts.world()
                    .lab()
                    .robot()
                    .rentMachine(NUMBER, Chassis.build(RescueFiles.made(), MEMORY_MIB, DISKS, folder.path()));
            hosts.startOperator();
            String manifest =
                    Manifests.emulatedHost(NAME, NUMBER, HostImage.url(images, image), HostImage.sha256(image));
            Instant begun = Instant.now();
            hosts.world().apply(manifest);
            return stages(hosts, begun);
        } catch (IOException e) {
            throw new IllegalStateException("there is no machine to install", e);
        } finally {
            images.stop(0);
        }
    }

    private static HttpServer serve(Path image) {
        try {
            return HostImage.serve(image);
        } catch (IOException e) {
            throw new IllegalStateException("the image cannot be served", e);
        }
    }

    private static Map<String, Double> stages(HostsUnderTest hosts, Instant begun) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        String[] stage = {"Registered"};
        Instant[] since = {begun};
        hosts.operator().await("the machine", OFTEN, () -> {
            BareMetalHostStatus status = hosts.status(NAME);
            String now = stage(status);
            if (!now.equals(stage[0])) {
                Instant entered = Instant.now();
                seconds.merge(stage[0], Duration.between(since[0], entered).toMillis() / 1000.0, Double::sum);
                stage[0] = now;
                since[0] = entered;
            }
            if (status.phase() == HostPhase.QUARANTINED) {
                throw new IllegalStateException("the machine cannot be installed: " + status.message());
            }
            return status.phase() == HostPhase.READY;
        });
        seconds.put("in all", Duration.between(begun, Instant.now()).toMillis() / 1000.0);
        return seconds;
    }

    private static String stage(BareMetalHostStatus status) {
        String step = status.record().step();
        return status.phase().toString() + (step == null ? "" : " " + step);
    }
}
