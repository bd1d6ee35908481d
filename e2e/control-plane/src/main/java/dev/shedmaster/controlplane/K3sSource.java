package dev.shedmaster.controlplane;

import java.nio.file.Path;
import java.util.Optional;

/** K3s in a container, where a Docker engine answers and has the image or can pull it. */
record K3sSource(Surroundings surroundings, ControlPlane.Options options) implements ControlPlaneSource {

    @Override
    public String name() {
        return "K3s in Docker";
    }

    /** Speaks to the engine itself: to load Testcontainers and let it look takes seconds, and a page of log. */
    @Override
    public Offer look() {
        if (options.stoppable()) {
            return new Refused("an API server that may be stopped is wanted");
        }
        if (options.apiServerPort() != 0) {
            return new Refused("a port that is chosen beforehand is wanted");
        }
        Optional<DockerEngine> engine = DockerEngine.of(surroundings);
        if (engine.isEmpty()) {
            return new Refused("there is no Docker engine: DOCKER_HOST is not set and no Docker socket exists");
        }
        String image = image();
        Optional<String> shortcoming = engine.get().shortcoming(image);
        if (shortcoming.isPresent()) {
            return new Refused(shortcoming.get());
        }
        Optional<Path> kubectl = surroundings.program("kubectl");
        if (kubectl.isEmpty()) {
            return new Refused("kubectl is not on the PATH");
        }
        if (options.helm() && surroundings.program("helm").isEmpty()) {
            return new Refused("helm is wanted and not on the PATH");
        }
        return new Available(() -> K3sStart.start(image, surroundings, options, kubectl.get()));
    }

    private String image() {
        return surroundings
                .variable("SHEDMASTER_K3S_IMAGE")
                .orElseGet(() -> "rancher/k3s:v" + PinnedRelease.kubernetes() + "-k3s1");
    }
}
