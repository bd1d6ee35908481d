package dev.shedmaster.bench;

import dev.shedmaster.ssh.SshServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenSSH's own client, as scripts and Ansible call it: a process for each command.
 *
 * @param folder has its key and what it knows of hosts
 */
record OpenSsh(Path folder, SshServer server) {
    private static final int USUAL_PORT = 22;

    /** What the shell's {@code times} says of its children. */
    private static final Pattern CHILDREN = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s\\s*$");

    /**
     * What a command costs.
     *
     * @param millis until it has ended, on average
     * @param cpuMillis of the client alone
     */
    record Cost(double millis, double cpuMillis) {}

    /** @param folder takes its key and what it knows of hosts */
    static OpenSsh to(SshServer server, String privateKey, Path folder) {
        try {
            Path key = Files.createFile(
                    folder.resolve("key"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(key, privateKey);
            String host =
                    server.port() == USUAL_PORT ? server.address() : "[" + server.address() + "]:" + server.port();
            Files.write(
                    folder.resolve("known_hosts"),
                    server.hostKeys().stream().map(line -> host + " " + line).toList());
            return new OpenSsh(folder, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With a connection for each command. */
    Cost connecting(int times, String command) {
        return run(times, command, List.of());
    }

    /** With one connection for all of them, which a process in the background holds. */
    Cost sharing(int times, String command) {
        return run(
                times,
                command,
                List.of(
                        "-o",
                        "ControlMaster=auto",
                        "-o",
                        "ControlPath=" + folder.resolve("c"),
                        "-o",
                        "ControlPersist=5"));
    }

    private Cost run(int times, String command, List<String> options) {
        List<String> ssh = new ArrayList<>(List.of(
                "ssh",
                "-n",
                "-F",
                "/dev/null",
                "-i",
                folder.resolve("key").toString(),
                "-p",
                Integer.toString(server.port()),
                "-o",
                "UserKnownHostsFile=" + folder.resolve("known_hosts"),
                "-o",
                "BatchMode=yes"));
        ssh.addAll(options);
        ssh.addAll(List.of("root@" + server.address(), command));
        String line = "for i in $(seq " + times + "); do \"$@\" >/dev/null || exit; done; times";
        List<String> shell = new ArrayList<>(List.of("sh", "-c", line, "sh"));
        shell.addAll(ssh);
        try {
            long begun = System.nanoTime();
            Process process =
                    new ProcessBuilder(shell).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            double millis = (System.nanoTime() - begun) / 1e6;
            Matcher children = CHILDREN.matcher(said.strip());
            if (process.waitFor() != 0 || !children.find()) {
                throw new IllegalStateException("ssh failed: " + said);
            }
            return new Cost(millis / times, (seconds(children, 1) + seconds(children, 3)) * 1000 / times);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static double seconds(Matcher times, int group) {
        return 60 * Double.parseDouble(times.group(group)) + Double.parseDouble(times.group(group + 1));
    }
}
