package dev.shedmaster.suite.readme;

import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.suite.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Somebody with a shell in a clone of the repository, with kubectl and Helm on the PATH and an administrator's rights in a
 * cluster.
 */
final class Newcomer {
    static final Path REPOSITORY = Path.of("..", "..").toAbsolutePath().normalize();

    private static final String EDITED = "examples";

    private final Path clone;
    private final List<String> exports = new ArrayList<>();
    private final Map<String, String> environment;

    /** @param folder empty; takes the clone and the programs */
    Newcomer(Path folder, ControlPlane controlPlane) throws IOException {
        clone = Files.createDirectory(folder.resolve("clone"));
        Path edited = Files.createDirectory(clone.resolve(EDITED));
        // The rest is the repository itself.
        for (Path entry : entries(REPOSITORY)) {
            if (!entry.endsWith(EDITED)) {
                Files.createSymbolicLink(clone.resolve(entry.getFileName()), entry);
            }
        }
        for (Path example : entries(REPOSITORY.resolve(EDITED))) {
            if (Files.isRegularFile(example)) {
                Files.copy(example, edited.resolve(example.getFileName()));
            }
        }
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(programs.resolve("kubectl"), controlPlane.kubectl());
        Files.createSymbolicLink(programs.resolve("helm"), controlPlane.helm());
        exports.add("cd '" + clone + "'");
        environment = Map.of(
                "PATH", programs + ":" + System.getenv("PATH"),
                "JAVA_HOME", System.getProperty("java.home"),
                "KUBECONFIG", controlPlane.kubeconfig().toString(),
                "HELM_CACHE_HOME", folder.resolve("helm/cache").toString(),
                "HELM_CONFIG_HOME", folder.resolve("helm/config").toString(),
                "HELM_DATA_HOME", folder.resolve("helm/data").toString());
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    /** The program as {@code make build} leaves it. */
    static Path launcher() {
        return REPOSITORY.resolve("operator/target/dist/bin/shedmaster");
    }

    /** A file of theirs to edit. */
    Path file(String name) {
        return clone.resolve(name);
    }

    /** Types a command that changes the shell for those that follow. */
    void exports(String command) {
        exports.add(command);
    }

    /** Types the command. */
    Program.Outcome types(String command) {
        return types(command, Map.of());
    }

    Program.Outcome types(String command, Map<String, String> exported) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(exported);
        return new Program(Path.of("/bin/sh"), List.of("-c"), all)
                .runWith("", List.of(String.join("\n", exports) + "\n" + command));
    }
}
