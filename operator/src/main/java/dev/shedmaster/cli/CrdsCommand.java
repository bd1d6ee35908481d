package dev.shedmaster.cli;

import dev.shedmaster.api.v1alpha1.GeneratedCrd;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the CustomResourceDefinitions that this version needs. */
@Command(
        name = "crds",
        description = "Print the CustomResourceDefinitions, for kubectl apply --server-side -f -",
        mixinStandardHelpOptions = true)
final class CrdsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        for (GeneratedCrd crd : GeneratedCrd.values()) {
            spec.commandLine().getOut().println(crd.yaml().startsWith("---") ? crd.yaml() : "---\n" + crd.yaml());
        }
    }
}
