package dev.shedmaster.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder with the programs of a control plane, as kube-api-test, setup-envtest and build.sh lay it out. */
record Binaries(Path folder) {

    /** What a folder must have to be one: the three that kube-api-test has too. */
    static final List<String> REQUIRED = List.of("etcd", "kube-apiserver", "kubectl");

    /** Those of this kind of machine below a folder of kube-api-test's layout: the pinned release first, then the newest. */
    static List<Binaries> under(Path testFolder) {
        String suffix = "-" + Surroundings.platform();
        Path releases = testFolder.resolve("k8s");
        if (!Files.isDirectory(releases)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(releases)) {
            return folders.filter(folder -> folder.getFileName().toString().endsWith(suffix))
                    .map(Binaries::new)
                    .sorted(Comparator.comparing(Binaries::isPinned)
                            .thenComparing(Binaries::release)
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isPinned() {
        return folder.getFileName().toString().startsWith(PinnedRelease.kubernetes() + "-");
    }

    private Version release() {
        String name = folder.getFileName().toString();
        try {
            return Version.parse(
                    name.substring(0, name.length() - Surroundings.platform().length() - 1));
        } catch (IllegalArgumentException e) {
            return Version.parse("0"); // not a release: the last that anybody would want
        }
    }

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
