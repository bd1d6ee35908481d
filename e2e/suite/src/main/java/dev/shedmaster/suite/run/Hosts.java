package dev.shedmaster.suite.run;

import dev.shedmaster.api.v1alpha1.HostPhase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The dedicated servers at one moment of the night.
 *
 * @param rows in the order of their names
 * @param jobs how many have begun on workers of theirs, since the night's beginning
 * @param firstReady how long it took in real time, from its manifest on, until a host served, by its name
 */
record Hosts(List<HostRow> rows, int jobs, Map<String, Duration> firstReady) {
    static final Hosts NONE = new Hosts(List.of(), 0, Map.of());

    private static final String READY = "ready";
    private static final String INSTALLING = "installing";

    Hosts {
        rows = List.copyOf(rows);
        firstReady = Map.copyOf(firstReady);
    }

    /**
     * A line of {@code kubectl get baremetalhosts}.
     *
     * @param workers how many have slots of it
     * @param cpus used and in all
     * @param memory used and in all
     * @param kvm used, and in all where that is limited
     * @param message what it waits for
     */
    record HostRow(String name, HostPhase phase, int workers, String cpus, String memory, String kvm, String message) {

        boolean isInstalling() {
            return switch (phase) {
                case REGISTERED, PROVISIONING, CHECKING -> true;
                case READY, UNFIT, UNREACHABLE, DRAINING, MAINTENANCE, FAILED, QUARANTINED, WIPING, RELEASING, GONE ->
                    false;
            };
        }

        private String state() {
            return isInstalling() ? INSTALLING : Words.lower(phase.name());
        }
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean areInstalling() {
        return rows.stream().anyMatch(HostRow::isInstalling);
    }

    /** How many workers have slots. */
    int workers() {
        return rows.stream().mapToInt(HostRow::workers).sum();
    }

    /** How many are in which state: {@code 2 ready, 1 installing}. */
    String inWords() {
        Map<String, Integer> states = new LinkedHashMap<>();
        states.put(READY, 0);
        states.put(INSTALLING, 0);
        rows.forEach(host -> states.merge(host.state(), 1, Integer::sum));
        String words = states.entrySet().stream()
                .filter(state -> state.getValue() > 0)
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "none" : words;
    }

    /** Those that do not serve when all is over, and why, a sentence each. */
    List<String> troubles() {
        return rows.stream()
                .filter(host -> host.phase() != HostPhase.READY)
                .map(host -> "host " + host.name() + " is "
                        + Words.capitalised(host.phase().name()) + " (" + host.message() + ")")
                .toList();
    }
}
