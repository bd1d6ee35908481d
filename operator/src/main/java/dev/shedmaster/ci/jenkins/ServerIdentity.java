package dev.shedmaster.ci.jenkins;

import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Jenkins answers: its version and the session that changes with every restart, as its headers say. A restart makes
 * worthless what was agreed with the last session, and explains agents that are offline for a moment.
 */
final class ServerIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(ServerIdentity.class);

    private final String source;
    private String version = "";
    private @Nullable String session;

    ServerIdentity(String source) {
        this.source = source;
    }

    /** Takes note of an answer's headers; true if Jenkins was restarted since the last that had them. */
    synchronized boolean note(Headers headers) {
        String newVersion = headers.get("X-Jenkins");
        String newSession = headers.get("X-Jenkins-Session");
        if (newVersion == null || newSession == null) {
            return false; // A proxy's own page, or Jenkins while it starts.
        }
        boolean restarted = session != null && !session.equals(newSession);
        if (restarted) {
            LOG.info(
                    "Jenkins {} was restarted{}",
                    source,
                    newVersion.equals(version) ? "" : " with version " + newVersion + " after " + version);
        }
        session = newSession;
        version = newVersion;
        return restarted;
    }

    /** As Jenkins writes it, empty before the first answer. */
    synchronized String version() {
        return version;
    }
}
