package dev.shedmaster.suite.run;

import dev.shedmaster.controlplane.ControlPlane;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The real kubectl, typed for everybody to see. */
final class Kubectl {
    private final ControlPlane controlPlane;
    private final String namespace;
    private final PrintStream out;

    Kubectl(ControlPlane controlPlane, String namespace, PrintStream out) {
        this.controlPlane = controlPlane;
        this.namespace = namespace;
        this.out = out;
    }

    /** The same in another namespace. */
    Kubectl in(String other) {
        return new Kubectl(controlPlane, other, out);
    }

    /** @throws IOException with what it said, if it fails */
    void types(String verb, String... arguments) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(verb, "--namespace", namespace));
        words.addAll(List.of(arguments));
        out.println("kubectl " + String.join(" ", words));
        List<String> command = new ArrayList<>(List.of(controlPlane.kubectl().toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", controlPlane.kubeconfig().toString());
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("kubectl " + verb + " failed:\n" + said);
        }
        said.lines().forEach(line -> out.println("  " + line));
    }
}
