package dev.shedmaster.lab.demand;

import java.util.List;

/**
 * What became of a replay.
 *
 * @param asked how many jobs the replay has
 * @param finished how many ended with success
 * @param lost those that did not, each with what is known of it
 */
public record DemandReport(int asked, int finished, List<String> lost) {

    public DemandReport {
        lost = List.copyOf(lost);
    }

    /** Whether every job ended with success. */
    public boolean isComplete() {
        return lost.isEmpty() && finished == asked;
    }
}
