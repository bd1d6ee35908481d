package dev.shedmaster.ci.jenkins;

import dev.shedmaster.port.MachineOwner;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark in a node's description that says whose it is. Jenkins has no labels for its nodes but those that jobs see, and
 * the description is read back with Overall/Read alone, so it survives the loss of everything that we know.
 */
final class OwnershipMark {
    private static final Pattern MARK =
            Pattern.compile("\\[shedmaster installation=(\\S+) pool=(\\S+) worker=(\\S+) uid=([^\\s\\]]+)]");
    private static final int LONGEST_DESCRIPTION = 4096;

    private OwnershipMark() {}

    /** What a person reads, followed by the mark. */
    static String appendedTo(String description, MachineOwner owner) {
        String mark = "[shedmaster installation=" + owner.installation() + " pool=" + owner.pool() + " worker="
                + owner.worker() + " uid=" + owner.workerUid() + "]";
        return description.isBlank() ? mark : description.strip() + " " + mark;
    }

    /**
     * Whose the node is; empty if no installation of the operator made it. People add notes before the mark and behind it; of
     * several marks the last counts, which is ours where a pool's description quotes one.
     */
    static Optional<MachineOwner> in(String description) {
        String end = description.length() <= LONGEST_DESCRIPTION
                ? description
                : description.substring(description.length() - LONGEST_DESCRIPTION);
        Matcher matcher = MARK.matcher(end);
        return matcher.results()
                .reduce((before, last) -> last)
                .map(mark -> new MachineOwner(mark.group(1), mark.group(2), mark.group(3), mark.group(4)));
    }
}
