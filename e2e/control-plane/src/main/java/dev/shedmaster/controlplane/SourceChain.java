package dev.shedmaster.controlplane;

import dev.shedmaster.controlplane.ControlPlaneSource.Available;
import dev.shedmaster.controlplane.ControlPlaneSource.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The sources in the order in which they are asked; the first that has a control plane gives it.
 *
 * <p>One that offers and then fails to start ends the search: what is there and broken should be seen, not papered over
 * with the next.
 */
record SourceChain(List<ControlPlaneSource> sources, Consumer<String> log) {

    static SourceChain of(ControlPlane.Options options) {
        Surroundings surroundings = new Surroundings(options.environment());
        return new SourceChain(
                List.of(
                        new CurrentClusterSource(surroundings, options),
                        new K3sSource(surroundings, options),
                        new ReadyBinariesSource(surroundings, options),
                        new DownloadedBinariesSource(surroundings, options, ReleaseServer.ofKubeApiTest()),
                        new BuiltBinariesSource(surroundings, options)),
                options.log());
    }

    ControlPlane open() {
        List<String> refusals = new ArrayList<>();
        for (ControlPlaneSource source : sources) {
            switch (source.look()) {
                case Available(var opening) -> {
                    log.accept("control-plane: taken: " + source.name());
                    return opening.open();
                }
                case Refused(var reason) -> {
                    String line = source.name() + ": passed over, " + reason;
                    log.accept("control-plane: " + line);
                    refusals.add("  " + line);
                }
            }
        }
        throw new ControlPlaneFailure(
                "this machine has no Kubernetes control plane to test against:\n" + String.join("\n", refusals));
    }
}
