package dev.shedmaster.suite.command;

import dev.shedmaster.cli.Main;
import dev.shedmaster.suite.Program;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command line, as a program that acts with the rights of a kubeconfig. */
final class Shedmaster {
    private Shedmaster() {}

    static Program with(Path kubeconfig) {
        return with(kubeconfig, Map.of());
    }

    static Program with(Path kubeconfig, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("KUBECONFIG", kubeconfig.toString());
        return new Program(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), Main.class.getName()),
                all);
    }
}
