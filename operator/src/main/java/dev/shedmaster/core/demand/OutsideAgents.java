package dev.shedmaster.core.demand;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The agents of a CI system that are not the fleet's: a person's own, another cloud's, another installation's. Those that are
 * alike are kept together, so that a requirement is judged once for all of them; an agent's name is a label of it too.
 *
 * @param groups the agents by what they are and do, each agent in one
 */
public record OutsideAgents(List<Group> groups) {
    public static final OutsideAgents NONE = new OutsideAgents(List.of());

    private static final Comparator<Agent> MOST_PROMISING = Comparator.comparing(Agent::state);

    public OutsideAgents {
        groups = List.copyOf(groups);
    }

    /** What an agent does now; who is here is named before who is away. */
    public enum State {
        /** It could take a job this moment. */
        FREE,
        BUSY,
        /** Its connection is down, or it was marked offline. */
        AWAY
    }

    /** One agent. */
    public record Agent(String name, State state) {}

    /**
     * Agents that differ in their names alone.
     *
     * @param labels their labels, less each one's own name
     * @param names in the CI system's order
     */
    public record Group(Set<String> labels, State state, SequencedSet<String> names) {
        public Group {
            labels = Set.copyOf(labels);
            names = Collections.unmodifiableSequencedSet(names);
        }
    }

    /** Gathers agents one by one. */
    public static final class Gathering {
        private record Alike(Set<String> labels, State state) {}

        private final Map<Alike, SequencedSet<String>> groups = new LinkedHashMap<>();

        /** Adds one; its name may be among its labels or not. */
        public void add(String name, Set<String> labels, State state) {
            Set<String> shared = new HashSet<>(labels);
            shared.remove(name);
            groups.computeIfAbsent(new Alike(shared, state), alike -> new LinkedHashSet<>())
                    .add(name);
        }

        public OutsideAgents done() {
            return groups.isEmpty()
                    ? NONE
                    : new OutsideAgents(groups.entrySet().stream()
                            .map(group -> new Group(
                                    group.getKey().labels(), group.getKey().state(), group.getValue()))
                            .toList());
        }
    }

    /**
     * An agent that can take a waiting job, now or when it is free or back; empty if none can. Which of them are reserved for
     * jobs that name a label is not known, but one that is free while a job without a label waits is.
     */
    public Optional<Agent> whoCanTake(Requirement requirement) {
        return switch (requirement) {
            case Unlabelled unlabelled ->
                mostPromising(groups.stream()
                        .filter(group -> group.state() != State.FREE)
                        .map(group -> new Agent(group.names().getFirst(), group.state())));
            case Labelled labelled -> {
                Set<String> named = labelled.expression().atoms();
                yield mostPromising(groups.stream().flatMap(group -> candidates(group, labelled, named).stream()));
            }
        };
    }

    private static Optional<Agent> mostPromising(Stream<Agent> agents) {
        return agents.min(MOST_PROMISING);
    }

    /** Those of a group that the expression names are judged each for itself, of all others one. */
    private static List<Agent> candidates(Group group, Labelled requirement, Set<String> named) {
        List<Agent> candidates = new ArrayList<>();
        for (String name : named) {
            if (group.names().contains(name) && requirement.servedBy(with(group.labels(), name), false)) {
                candidates.add(new Agent(name, group.state()));
            }
        }
        String other = firstBeside(group.names(), named);
        if (other != null && requirement.servedBy(group.labels(), false)) {
            candidates.add(new Agent(other, group.state()));
        }
        return candidates;
    }

    private static Set<String> with(Set<String> labels, String name) {
        Set<String> all = new HashSet<>(labels);
        all.add(name);
        return all;
    }

    private static @Nullable String firstBeside(SequencedSet<String> names, Set<String> others) {
        for (String name : names) {
            if (!others.contains(name)) {
                return name;
            }
        }
        return null;
    }
}
