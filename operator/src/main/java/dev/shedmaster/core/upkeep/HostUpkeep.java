package dev.shedmaster.core.upkeep;

import java.util.List;

/**
 * A host, as far as work on it goes.
 *
 * @param host {@code namespace/name}
 * @param group the hosts that stand in for one another: few of them may be out of service at a time
 * @param stage how far it is
 * @param jobs how many jobs run on it
 * @param windows when it may be out of service: those that are open now or come next; a host without any never may
 */
public record HostUpkeep(String host, String group, Stage stage, int jobs, List<MaintenanceWindow> windows) {
    public HostUpkeep {
        if (jobs < 0) {
            throw new IllegalArgumentException("a host's jobs must be at least 0, not " + jobs);
        }
        windows = List.copyOf(windows);
    }

    /** How far a host is. */
    public enum Stage {
        /** It serves, and nothing is to be done to it. */
        CURRENT,
        /** It serves, and is to be worked on. */
        OUTDATED,
        /** It takes no more workers, so that it can be worked on. */
        TAKEN_OUT,
        /** It is being worked on. */
        AT_WORK,
        /** It does not serve for another reason, or has not come back from the work. */
        NOT_READY;

        boolean isOut() {
            return this == TAKEN_OUT || this == AT_WORK;
        }
    }
}
