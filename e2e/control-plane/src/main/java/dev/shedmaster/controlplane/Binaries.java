package dev.shedmaster.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A folder with the programs of a control plane, as kube-api-test, setup-envtest and build.sh lay it out. */
record Binaries(Path folder) {

    /** What a folder must have to be one: the three that kube-api-test has too. */
    static final List<String> REQUIRED = List.of("etcd", "kube-apiserver", "kubectl");

    Path etcd() {
        return folder.resolve("etcd");
    }

    Path kubeApiServer() {
        return folder.resolve("kube-apiserver");
    }

    Path kubectl() {
        return folder.resolve("kubectl");
    }

    Optional<Path> helm() {
        return optional("helm");
    }

    Optional<Path> kubeControllerManager() {
        return optional("kube-controller-manager");
    }

    /** What keeps this folder from giving what is wanted; empty when it can. */
    Optional<String> shortcoming(ControlPlane.Options options, Surroundings surroundings) {
        for (String program : REQUIRED) {
            if (optional(program).isEmpty()) {
                return Optional.of(folder + " has no program " + program);
            }
        }
        if (options.controllers() && kubeControllerManager().isEmpty()) {
            return Optional.of(folder + " has no kube-controller-manager, and controllers are wanted");
        }
        if (options.helm() && helm().or(() -> surroundings.program("helm")).isEmpty()) {
            return Optional.of("helm is wanted and is neither in " + folder + " nor on the PATH");
        }
        return Optional.empty();
    }

    private Optional<Path> optional(String program) {
        return Optional.of(folder.resolve(program)).filter(Files::isExecutable);
    }
}
