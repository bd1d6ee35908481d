package dev.shedmaster.ci.jenkins;

import dev.shedmaster.port.CiSession;
import java.time.InstantSource;
import okhttp3.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Jenkins answers: its version and the session that changes with every restart, as its headers say. A restart makes
 * worthless what was agreed with the last session, and explains agents that are offline for a moment.
 */
final class ServerIdentity {
    private static final Logger LOG = LoggerFactory.getLogger(ServerIdentity.class);

    private final String source;
    private final InstantSource clock;
    private String version = "";
    private CiSession session;

    /** @param known what was remembered of the runs before */
    ServerIdentity(String source, CiSession known, InstantSource clock) {
        this.source = source;
        this.session = known;
        this.clock = clock;
    }

    /** Takes note of an answer's headers; true if Jenkins was restarted since the last that had them. */
    synchronized boolean note(Headers headers) {
        String newVersion = headers.get("X-Jenkins");
        String newSession = headers.get("X-Jenkins-Session");
        if (newVersion == null || newSession == null) {
            return false; // A proxy's own page, or Jenkins while it starts.
        }
        CiSession heard = session.heard(newSession, clock.instant());
        boolean restarted = !heard.equals(session) && heard.restartedAt() != null;
        if (restarted) {
            LOG.info(
                    "Jenkins {} was restarted{}",
                    source,
                    version.isEmpty() || newVersion.equals(version)
                            ? ""
                            : " with version " + newVersion + " after " + version);
        }
        session = heard;
        version = newVersion;
        return restarted;
    }

    synchronized CiSession session() {
        return session;
    }

    /** Whether a Jenkins has answered, now or in a run before. */
    synchronized boolean wasHeard() {
        return !version.isEmpty() || !session.id().isEmpty();
    }

    /** As Jenkins writes it, empty before the first answer. */
    synchronized String version() {
        return version;
    }
}
