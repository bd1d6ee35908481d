package dev.shedmaster.suite.chart;

import dev.shedmaster.suite.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The chart of this repository, as Helm renders it. */
record Chart(Program helm) {

    static final Path FOLDER = Path.of("..", "..", "charts", "shedmaster");
    static final String RELEASE = "fleet";

    /** Whether this run shall write the committed files instead of comparing with them. {@code make crds} does. */
    static boolean toBeWritten() {
        return Boolean.getBoolean("shedmaster.regenerate");
    }

    /** Renders it for values in YAML. */
    Program.Outcome template(String namespace, String values, String... further) {
        List<String> arguments = new ArrayList<>(
                List.of("template", RELEASE, FOLDER.toString(), "--namespace", namespace, "--values", "-"));
        arguments.addAll(List.of(further));
        return helm.runWith(values, arguments);
    }

    Program.Outcome lint(String namespace, String values) {
        return helm.runWith(
                values, List.of("lint", FOLDER.toString(), "--strict", "--namespace", namespace, "--values", "-"));
    }
}
