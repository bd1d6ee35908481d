package dev.shedmaster.suite.run;

import com.sun.net.httpserver.HttpServer;
import dev.shedmaster.lab.robot.key.ClientKey;
import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.lab.robot.machine.RescueFiles;
import dev.shedmaster.suite.world.HostImage;
import dev.shedmaster.suite.world.Lab;
import dev.shedmaster.suite.world.Manifests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One more server, which is a virtual machine of QEMU: it really boots a rescue system over its network, has its disk
 * written with the image of a host, and boots from that. All of that takes real time.
 *
 * <p>Its namespace is its own, where there is no Jenkins: a host has to reach that of its namespace, and the lab's listens at
 * 127.0.0.1, which is another place for every machine. So no worker is put there.
 */
final class EmulatedHost implements AutoCloseable {
    static final String NAMESPACE = "emulated";
    private static final int NUMBER = 321_004;
    private static final String NAMESPACE_MANIFEST = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: %s}
            """.formatted(NAMESPACE);
    private static final int MEMORY_MIB = 1024;
    private static final List<Long> DISKS = List.of(4L << 30, 2L << 30);

    private final HttpServer web;
    private final Path manifest;

    private EmulatedHost(HttpServer web, Path manifest) {
        this.web = web;
        this.manifest = manifest;
    }

    /** What this machine lacks for one, in a sentence; empty if it can be had. */
    static Optional<String> missing(Path repository) throws IOException {
        Optional<String> missing = RescueFiles.missing();
        if (missing.isEmpty() && HostImage.find(repository).isEmpty()) {
            missing = Optional.of(HostImage.MISSING);
        }
        return missing.map(what -> "--host=real emulates a server, but " + what);
    }

    /**
     * Rents it, blank and turned on, and writes its manifest. Makes its rescue system if that was never made on this
     * machine, which takes some minutes.
     *
     * @param folder takes its disks and its manifest; must exist
     */
    static EmulatedHost rent(Lab lab, Path repository, Path folder) throws IOException {
        Path image = HostImage.find(repository).orElseThrow(() -> new IOException(HostImage.MISSING));
        lab.robot().rentMachine(NUMBER, Chassis.build(RescueFiles.made(), MEMORY_MIB, DISKS, folder));
        HttpServer web = HostImage.serve(image);
        Path manifest = folder.resolve("emulated-host.yaml");
        Files.writeString(
                manifest,
                String.join(
                        "---\n",
                        NAMESPACE_MANIFEST,
                        Manifests.robot(lab, ClientKey.fresh().privateKey()),
                        Manifests.emulatedHost(NAMESPACE, NUMBER, HostImage.url(web, image), HostImage.sha256(image))));
        return new EmulatedHost(web, manifest);
    }

    /** What to apply, in its namespace: that, an account at the lab's Robot, and the host. */
    Path manifest() {
        return manifest;
    }

    @Override
    public void close() {
        web.stop(0);
    }
}
