package dev.shedmaster.controlplane;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Released binaries, downloaded once by kube-api-test. They are etcd, kube-apiserver and kubectl, and no more. */
record DownloadedBinariesSource(Surroundings surroundings, ControlPlane.Options options, ReleaseServer server)
        implements ControlPlaneSource {

    @Override
    public String name() {
        return "a download";
    }

    @Override
    public Offer look() {
        if (options.controllers()) {
            return new Refused(
                    "controllers are wanted, and kube-controller-manager is not among the released binaries");
        }
        if (options.helm() && surroundings.program("helm").isEmpty()) {
            return new Refused("helm is wanted, not on the PATH, and not among the released binaries");
        }
        Path kept = surroundings.cache().resolve("kube-api-test");
        List<Binaries> before = complete(kept);
        if (!before.isEmpty()) {
            return opening(before.getFirst());
        }
        Optional<String> shortcoming = server.shortcoming();
        if (shortcoming.isPresent()) {
            return new Refused(shortcoming.get());
        }
        try {
            options.log().accept("control-plane: downloading Kubernetes " + PinnedRelease.minor() + " to " + kept);
            ReleaseDownload.into(kept);
        } catch (ControlPlaneFailure e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
        return complete(kept).stream()
                .findFirst()
                .map(this::opening)
                .orElseGet(() -> new Refused("the download to " + kept + " lacks a program"));
    }

    private List<Binaries> complete(Path folder) {
        return Binaries.under(folder).stream()
                .filter(binaries -> binaries.shortcoming(options, surroundings).isEmpty())
                .toList();
    }

    private Offer opening(Binaries binaries) {
        return new Available(() -> LocalControlPlane.start(binaries, options, surroundings));
    }
}
