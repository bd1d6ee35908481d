package dev.shedmaster.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

/** kubectl with one kubeconfig. */
record Kubectl(Path program, Path kubeconfig) {

    Command.Outcome run(String... arguments) {
        return asProgram().run(arguments);
    }

    String output(String... arguments) {
        return asProgram().output(arguments);
    }

    /** Server-side, from stdin. */
    String apply(String manifest) {
        Command.Outcome outcome =
                asProgram().command("apply", "--server-side", "-f", "-").run(manifest);
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        return outcome.output();
    }

    private Program asProgram() {
        return new Program(program, List.of("--kubeconfig=" + kubeconfig));
    }
}
