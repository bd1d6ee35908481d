package dev.shedmaster.lab.jenkins.controller;

/**
 * Why a computer is offline.
 *
 * @param exportedClass the class under which the controller exports it
 * @param reason what {@code offlineCauseReason} says, but for its HTML entities: of a user's words what stands behind the last
 *     colon between blanks
 * @param description the cause as a sentence
 * @param timestamp since when, in milliseconds
 */
public record OfflineCause(String exportedClass, String reason, String description, long timestamp) {

    static OfflineCause byUser(String user, String message, long now) {
        String description =
                message.isEmpty() ? "Disconnected by " + user : "Disconnected by " + user + " : " + message;
        String reason = message.isEmpty() ? "" : description.substring(description.lastIndexOf(" : ") + 3);
        return new OfflineCause("hudson.slaves.OfflineCause$UserCause", reason, description, now);
    }

    static OfflineCause brokenChannel(long now) {
        String text = "Connection was broken";
        return new OfflineCause("hudson.slaves.OfflineCause$ChannelTermination", text, text, now);
    }
}
