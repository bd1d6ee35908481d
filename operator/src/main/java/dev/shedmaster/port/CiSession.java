package dev.shedmaster.port;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The run of a CI system that answers.
 *
 * @param id another one after each restart; empty if it is not known
 * @param restartedAt when it was first heard after a restart, by our clock; null if no restart was noticed
 */
public record CiSession(String id, @Nullable Instant restartedAt) {
    public static final CiSession UNKNOWN = new CiSession("", null);

    /** What is known once this run has answered. */
    public CiSession heard(String answering, Instant now) {
        if (answering.equals(id)) {
            return this;
        }
        return new CiSession(answering, id.isEmpty() ? null : now);
    }
}
