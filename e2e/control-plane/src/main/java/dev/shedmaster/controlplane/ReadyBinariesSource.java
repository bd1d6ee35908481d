package dev.shedmaster.controlplane;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Programs that lie ready in a folder of kube-api-test's layout: the user's, or one that setup-envtest has filled. */
record ReadyBinariesSource(Surroundings surroundings, ControlPlane.Options options) implements ControlPlaneSource {

    static final String FOLDER = "KUBE_API_TEST_DIR";

    @Override
    public String name() {
        return "ready binaries";
    }

    @Override
    public Offer look() {
        Optional<Path> folder = surroundings.variable(FOLDER).map(Path::of);
        if (folder.isEmpty()) {
            return new Refused(FOLDER + " is not set");
        }
        List<Binaries> found = Binaries.under(folder.get());
        if (found.isEmpty()) {
            return new Refused(folder.get() + " has no folder k8s/VERSION-" + Surroundings.platform());
        }
        return found.stream()
                .filter(binaries -> binaries.shortcoming(options, surroundings).isEmpty())
                .findFirst()
                .<Offer>map(binaries -> new Available(() -> LocalControlPlane.start(binaries, options, surroundings)))
                .orElseGet(() -> new Refused(
                        found.getFirst().shortcoming(options, surroundings).orElseThrow()));
    }
}
