package dev.shedmaster.lab.jenkins.controller;

/**
 * Why a computer is offline.
 *
 * @param exportedClass the class under which the controller exports it
 * @param reason what {@code offlineCauseReason} says
 * @param description the cause as a sentence
 * @param timestamp since when, in milliseconds
 */
public record OfflineCause(String exportedClass, String reason, String description, long timestamp) {

    static OfflineCause byUser(String user, String message, long now) {
        String description =
                message.isEmpty() ? "Disconnected by " + user : "Disconnected by " + user + " : " + message;
        return new OfflineCause("hudson.slaves.OfflineCause$UserCause", message, description, now);
    }

    static OfflineCause brokenChannel(long now) {
        String text = "Connection was broken";
        return new OfflineCause("hudson.slaves.OfflineCause$ChannelTermination", text, text, now);
    }
}
