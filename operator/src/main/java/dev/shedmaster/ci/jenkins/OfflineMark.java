package dev.shedmaster.ci.jenkins;

import java.util.Optional;

/**
 * The words at the end of the reason for which a node is marked offline, by which we know our own marks again: after a crash,
 * or a change of the leader, nothing else tells them from a person's. They are at the end because Jenkins tells of a reason
 * only what stands behind its last {@code " : "}, and hold nothing that it would write as an HTML entity.
 */
final class OfflineMark {
    private static final String WORDS = "[shedmaster]";

    private OfflineMark() {}

    /** What a person reads, followed by the words. */
    static String appendedTo(String reason) {
        return reason.isBlank() ? WORDS : reason.strip() + " " + WORDS;
    }

    /**
     * Why we have marked a node offline, as far as Jenkins tells; empty if the mark is not ours.
     *
     * @param reason Jenkins' {@code offlineCauseReason}
     */
    static Optional<String> in(String reason) {
        String told = reason.strip();
        return told.endsWith(WORDS)
                ? Optional.of(new PageText(told.substring(0, told.length() - WORDS.length())).title())
                : Optional.empty();
    }
}
