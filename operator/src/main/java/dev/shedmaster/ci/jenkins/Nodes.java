package dev.shedmaster.ci.jenkins;

import dev.shedmaster.core.demand.Requirement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The nodes of one reading, by name, and what can be asked of them to understand the queue. */
final class Nodes {
    static final Nodes NONE = new Nodes(List.of());

    private final Map<String, Computer> byName = new HashMap<>();
    private final List<Computer> idle;
    private final boolean agentsDefined;
    private final Map<Requirement, Boolean> idleFor = new HashMap<>();
    private final Map<String, Boolean> doubled = new HashMap<>();

    Nodes(List<Computer> computers) {
        for (Computer computer : computers) {
            if (computer.registered()) {
                byName.put(computer.name(), computer);
            }
        }
        idle = computers.stream().filter(Computer::idle).toList();
        agentsDefined = byName.values().stream().anyMatch(computer -> !computer.builtIn());
    }

    Optional<Computer> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether any agent is defined at all: without one, Jenkins does not name the label that an item waits for. */
    boolean agentsDefined() {
        return agentsDefined;
    }

    /** Whether another node has all the labels that this one has beside its name; false if it has none. */
    boolean haveDoubleOf(Computer node) {
        return doubled.computeIfAbsent(node.name(), name -> {
            Set<String> labels = new HashSet<>(node.labels());
            labels.remove(name);
            return !labels.isEmpty()
                    && byName.values().stream()
                            .anyMatch(other ->
                                    !other.name().equals(name) && other.labels().containsAll(labels));
        });
    }

    /** Whether an idle executor would do, so that what keeps an item waiting is not the lack of one. */
    boolean haveIdleFor(Requirement requirement) {
        return idleFor.computeIfAbsent(
                requirement, r -> idle.stream().anyMatch(node -> r.servedBy(node.labels(), false)));
    }
}
