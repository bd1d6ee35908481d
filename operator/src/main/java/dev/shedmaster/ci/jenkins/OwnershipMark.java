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
     * Whose the node of that name is; empty if no installation of the operator made it. People add notes before the mark and
     * behind it, which may quote others; and a node that a person made as a copy of ours has our mark, and another name than
     * the mark's worker.
     */
    static Optional<MachineOwner> in(String description, String node) {
        String end = description.length() <= LONGEST_DESCRIPTION
                ? description
                : description.substring(description.length() - LONGEST_DESCRIPTION);
        Matcher matcher = MARK.matcher(end);
        return matcher.results()
                .map(mark -> new MachineOwner(mark.group(1), mark.group(2), mark.group(3), mark.group(4)))
                .filter(owner -> owner.worker().endsWith("/" + node))
                .reduce((before, last) -> last);
    }
}
