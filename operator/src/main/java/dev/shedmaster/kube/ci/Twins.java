package dev.shedmaster.kube.ci;

import dev.shedmaster.kube.feed.Connections;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the objects that stand for the same CI system: no two have the same run. */
final class Twins {
    private final Connections<CiLink> links;

    Twins(Connections<CiLink> links) {
        this.links = links;
    }

    /** The names of the others that stand for what this link reaches; nothing while it has not said what that is. */
    Optional<List<String>> of(String name, CiLink link) {
        String run = link.session().id();
        if (run.isEmpty()) {
            return Optional.empty();
        }
        List<String> twins = new ArrayList<>();
        links.forEach((other, known) -> {
            if (run.equals(known.session().id()) && !other.equals(name)) {
                twins.add(other);
            }
        });
        Collections.sort(twins);
        return Optional.of(twins);
    }
}
