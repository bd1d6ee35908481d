package dev.shedmaster.ci.jenkins;

import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.Outcome;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last reading, so that answers that are the same byte by byte are not taken apart again: at rest they are. Readings are
 * taken in one at a time, since each knows what the last one learnt.
 */
final class LastReading {
    /** Bytes of both answers. Where there is more, a fleet is at work, and no two answers are the same. */
    private static final int MOST_KEPT = 1 << 20;

    private final JenkinsApi api;
    private final SnapshotReader reader;
    private byte @Nullable [] lastQueue;
    private byte @Nullable [] lastComputers;
    private boolean lastAfterRestart;
    private volatile @Nullable CiSnapshot last;

    LastReading(JenkinsApi api, SnapshotReader reader) {
        this.api = api;
        this.reader = reader;
    }

    /** What the last reading that worked has shown; null if there was none. */
    @Nullable
    CiSnapshot newest() {
        return last;
    }

    synchronized Outcome<CiSnapshot> next(
            Instant now,
            String version,
            boolean afterRestart,
            Call queueCall,
            ApiAnswer queue,
            Call computersCall,
            ApiAnswer computers) {
        CiSnapshot before = last;
        if (before != null
                && before.version().equals(version)
                && lastAfterRestart == afterRestart
                && Arrays.equals(queue.body(), lastQueue)
                && Arrays.equals(computers.body(), lastComputers)) {
            last = before.seenAt(now);
            return Outcome.done(last);
        }
        return api.read(computersCall, computers, ComputerReader::readAll)
                .then(nodes -> api.read(queueCall, queue, json -> reader.read(now, version, afterRestart, json, nodes)))
                .map(snapshot -> {
                    boolean fits = queue.body().length + computers.body().length <= MOST_KEPT;
                    lastAfterRestart = afterRestart;
                    lastQueue = fits ? queue.body() : null;
                    lastComputers = fits ? computers.body() : null;
                    last = snapshot;
                    return snapshot;
                });
    }
}
