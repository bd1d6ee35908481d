package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.controlplane.ControlPlaneSource.Available;
import dev.shedmaster.controlplane.ControlPlaneSource.Offer;
import dev.shedmaster.controlplane.ControlPlaneSource.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** What tests say of offers, and the programs that they fake for them. */
final class Refusals {

    private Refusals() {}

    /** The reason, which must be one line. */
    static String reasonOf(Offer offer) {
        return switch (offer) {
            case Refused(var reason) -> {
                assertThat(reason).isNotBlank().doesNotContain("\n");
                yield reason;
            }
            case Available available -> throw new AssertionError("it was to be had: " + available);
        };
    }

    static Path program(Path folder, String name, String script) {
        try {
            Files.createDirectories(folder);
            Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
