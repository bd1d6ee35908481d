package dev.shedmaster.controlplane;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the machine says about itself: its variables, the programs on its PATH, its kind. */
record Surroundings(Map<String, String> variables) {

    /** A variable that is set and not empty. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** A program on the PATH. */
    Optional<Path> program(String name) {
        return Arrays.stream(variable("PATH").orElse("").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Optional<Path> home() {
        return variable("HOME").map(Path::of);
    }

    /** Where things that can be made again are kept between runs; the same folder as build.sh's. */
    Path cache() {
        return variable("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> home().map(home -> home.resolve(".cache")))
                .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")))
                .resolve("shedmaster");
    }

    /** The kind of machine as Go and the releases of Kubernetes write it: linux-amd64. */
    static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String architecture = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            case String other -> other;
        };
        return system + "-" + architecture;
    }
}
