package dev.shedmaster.cli;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files that KUBECONFIG names. The client passes over those that are not there, and then asks a cluster that is not meant. */
final class Kubeconfig {
    static final String VARIABLE = "KUBECONFIG";

    private Kubeconfig() {}

    /**
     * @param named the variable's value, null if it is not set
     * @throws CommandProblem if it names files and none of them exists
     */
    static void check(@Nullable String named) {
        if (named == null) {
            return;
        }
        List<String> files = Stream.of(named.split(File.pathSeparator))
                .filter(file -> !file.isBlank())
                .toList();
        if (files.isEmpty() || files.stream().anyMatch(file -> Files.exists(Path.of(file)))) {
            return;
        }
        throw new CommandProblem(VARIABLE + " names "
                + (files.size() == 1
                        ? files.getFirst() + ", and that file does not exist"
                        : String.join(" and ", files) + ", and none of these files exists")
                + ": set it to the kubeconfig of your cluster, or unset it to use ~/.kube/config");
    }
}
