package dev.shedmaster.lab.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ansible with its collection community.hrobot, a client of Robot that we did not write. The collection has Robot's
 * address built in, so it is copied into a folder of the test and told another there.
 */
final class Ansible {
    private static final String ROBOT = "https://robot-ws.your-server.de";
    private static final List<Path> COLLECTIONS = List.of(
            Path.of("/usr/lib/python3/dist-packages/ansible_collections"),
            Path.of("/usr/share/ansible/collections/ansible_collections"));

    // It starts Python anew for each task.
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path folder;

    private Ansible(Path folder) {
        this.folder = folder;
    }

    /**
     * Ansible that takes another address for Robot's. Without Ansible the test is counted as skipped, with the reason.
     */
    static Ansible with(URI robot, Path folder) throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/ansible-playbook")),
                "ansible-playbook is not installed: install the Debian package ansible to run this test");
        Path collection = COLLECTIONS.stream()
                .map(root -> root.resolve("community/hrobot"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(null);
        assumeTrue(
                collection != null,
                "Ansible has no collection community.hrobot: install the Debian package ansible to run this test");
        copy(collection, folder.resolve("collections/ansible_collections/community/hrobot"), robot.toString());
        return new Ansible(folder);
    }

    private static void copy(Path from, Path to, String robot) throws IOException {
        int changed = 0;
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                if (file.endsWith("module_utils/robot.py")) {
                    String code = Files.readString(file);
                    changed += code.contains("\"" + ROBOT + "\"") ? 1 : 0;
                    Files.writeString(copy, code.replace(ROBOT, robot));
                } else if (!file.toString().contains("__pycache__")) {
                    Files.copy(file, copy);
                }
            }
        }
        assertThat(changed)
                .as("places in the collection that name Robot's address")
                .isEqualTo(1);
    }

    /** Runs a playbook, which must succeed. */
    void play(Path playbook, Map<String, String> variables) throws IOException, InterruptedException {
        StringBuilder given = new StringBuilder();
        new TreeMap<>(variables)
                .forEach((name, value) ->
                        given.append(name).append(": '").append(value).append("'\n"));
        Path vars = Files.writeString(folder.resolve("variables.yaml"), given);
        Path output = folder.resolve("output.txt");
        ProcessBuilder command = new ProcessBuilder(
                        "ansible-playbook", "-i", "localhost,", "-c", "local", "-e", "@" + vars, playbook.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Map<String, String> environment = command.environment();
        environment.put(
                "ANSIBLE_COLLECTIONS_PATH", folder.resolve("collections").toString());
        environment.put("ANSIBLE_HOME", folder.resolve("home").toString());
        environment.put("ANSIBLE_LOCAL_TEMP", folder.resolve("local").toString());
        environment.put("ANSIBLE_REMOTE_TEMP", folder.resolve("remote").toString());
        environment.put("ANSIBLE_PIPELINING", "1");
        environment.put("ANSIBLE_NOCOLOR", "1");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("no_proxy", "*");
        Process process = command.start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("ansible-playbook does not end: " + Files.readString(output));
        }
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }
}
