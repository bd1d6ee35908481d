package dev.shedmaster.bench;

import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.lab.robot.machine.RescueFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** From the manifest of a blank machine, which QEMU emulates, until it serves: where the time goes. */
final class MachineInstallation {
    private static final int NUMBER = 900;
    private static final String NAME = "machine";
    private static final int MEMORY_MIB = 1024;
    private static final List<Long> DISKS = List.of(4L << 30, 2L << 30);
    private static final Path IMAGES = Path.of("target/images");
    private static final Duration OFTEN = Duration.ofMillis(200);

    private MachineInstallation() {}

    /** The image that it gets; empty if none was made. */
    static Optional<Path> image() {
        String named = System.getProperty("shedmaster.hostImage", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        if (Files.notExists(IMAGES)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(IMAGES)) {
            return files.filter(file -> file.getFileName().toString().matches("host-.*-amd64\\.raw\\.zst"))
                    .max(Comparator.comparing(Path::toString));
        } catch (IOException e) {
            throw new IllegalStateException("the images cannot be listed", e);
        }
    }

    /** Installs it, and returns how many seconds each stage took, in order. A stage that is passed within a look does not show. */
    static Map<String, Double> measure(HostsUnderTest hosts, Path image) {
        try (ImageServer images = new ImageServer(Optional.of(image));
                ScratchFolder folder = ScratchFolder.fresh()) {
            hosts.world()
                    .lab()
                    .robot()
                    .rentMachine(NUMBER, Chassis.build(RescueFiles.made(), MEMORY_MIB, DISKS, folder.path()));
            hosts.startOperator();
            String manifest = manifest(images.urlForMachine(image), sha256(image));
            Instant begun = Instant.now();
            hosts.world().apply(manifest);
            return stages(hosts, begun);
        } catch (IOException e) {
            throw new IllegalStateException("there is no machine to install", e);
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

    private static String manifest(String url, String sha256) {
        return """
                apiVersion: shedmaster.dev/v1alpha1
                kind: BareMetalHost
                metadata: {name: %s}
                spec:
                  robot: {accountRef: {name: robot}, serverNumber: %d}
                  hardware: {architecture: amd64, cpus: 1, memory: 900Mi, kvm: Unneeded}
                  reserved: {cpus: 0, memory: 256Mi}
                  image: {url: "%s", sha256: %s}
                  rootDisk: {serial: %s}
                  scratchDisk: {serial: %s}
                """.formatted(NAME, NUMBER, url, sha256, Chassis.serial(0), Chassis.serial(1));
    }

    private static String sha256(Path image) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(image), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
