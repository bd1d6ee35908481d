package dev.shedmaster.controlplane;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The user's own cluster, where they say so: that a kubeconfig lies about is no permission to work in its cluster. */
record CurrentClusterSource(Surroundings surroundings, ControlPlane.Options options) implements ControlPlaneSource {

    static final String WISH = "SHEDMASTER_CLUSTER";

    @Override
    public String name() {
        return "the user's own cluster";
    }

    @Override
    public Offer look() {
        Optional<String> wish = surroundings.variable(WISH);
        if (wish.isEmpty()) {
            return new Refused(WISH + "=current is not set");
        }
        if (!wish.get().equals("current")) {
            return new Refused(WISH + " is '" + wish.get() + "', and only 'current' has a meaning");
        }
        if (surroundings.variable("KUBECONFIG").isEmpty()) {
            return new Refused(WISH + "=current needs KUBECONFIG to name the cluster");
        }
        Optional<String> shortcoming = shortcoming();
        if (shortcoming.isPresent()) {
            return new Refused(shortcoming.get());
        }
        Optional<Path> kubectl = surroundings.program("kubectl");
        if (kubectl.isEmpty()) {
            return new Refused("kubectl is not on the PATH");
        }
        Command.Outcome version = kubectl(kubectl.get(), "get", "--raw=/version", "--request-timeout=10s");
        return version.succeeded()
                ? new Available(() -> open(kubectl.get()))
                : new Refused("it does not answer: " + version.errors());
    }

    private Optional<String> shortcoming() {
        if (options.stoppable()) {
            return Optional.of("an API server that may be stopped is wanted");
        }
        if (!options.apiServerFlags().isEmpty() || options.apiServerPort() != 0) {
            return Optional.of("an API server with flags or a port of its own is wanted");
        }
        if (options.helm() && surroundings.program("helm").isEmpty()) {
            return Optional.of("helm is wanted and not on the PATH");
        }
        return Optional.empty();
    }

    private ControlPlane open(Path kubectl) {
        // KUBECONFIG may be a list of files that point to more files: what is handed on is one.
        Command.Outcome view = kubectl(kubectl, "config", "view", "--raw", "--minify", "--flatten", "--output=json");
        if (!view.succeeded()) {
            throw new ControlPlaneFailure("cannot read the kubeconfig: " + view.errors());
        }
        Lifetime lifetime = Lifetime.begin();
        try {
            return KubeconfigCluster.open("the cluster of KUBECONFIG", surroundings, kubectl, view.output(), lifetime)
                    .inNamespaceOfItsOwn();
        } catch (RuntimeException e) {
            lifetime.close();
            throw e;
        }
    }

    private Command.Outcome kubectl(Path kubectl, String... arguments) {
        List<String> line = new ArrayList<>(List.of(kubectl.toString()));
        line.addAll(List.of(arguments));
        Map<String, String> variables = surroundings.variables();
        return new Command(line, variables, Duration.ofSeconds(30), text -> {}).run("");
    }
}
