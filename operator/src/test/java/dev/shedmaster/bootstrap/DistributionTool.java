package dev.shedmaster.bootstrap;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the distribution that a test asks for its judgement. Without it the test is counted as skipped, with the reason. */
record DistributionTool(String program, String debianPackage) {

    record Verdict(int status, String output) {}

    Verdict run(List<String> arguments) throws IOException, InterruptedException {
        boolean there = List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/bin").stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(
                there,
                () -> program + " is not installed: install the Debian package " + debianPackage + " to run this test");
        List<String> command = new ArrayList<>();
        command.add(program);
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(program + " does not end");
        }
        return new Verdict(process.exitValue(), output);
    }
}
