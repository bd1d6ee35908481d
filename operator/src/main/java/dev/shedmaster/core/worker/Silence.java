package dev.shedmaster.core.worker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * That a CI system does not say what its agents do.
 *
 * @param source {@code namespace/name} of the CI system's object
 * @param since when it said so last; null if that is not known, as while it cannot be asked at all
 * @param forGood its object is gone: nobody asks it any more
 */
public record Silence(String source, @Nullable Instant since, boolean forGood) {

    /** That of a CI system which may answer again. */
    public Silence(String source, @Nullable Instant since) {
        this(source, since, false);
    }

    /** As part of a sentence, about what it shall say. */
    String waitingFor(String answer) {
        return "waits for " + source + " to say " + answer + ": " + remedy();
    }

    private String remedy() {
        if (forGood) {
            return "there is no such object; apply it again, or end the wait with spec.lifecycle.drainTimeout of the pool";
        }
        return since == null
                ? "it gives no answer, see its status"
                : "it has not answered since " + since.truncatedTo(ChronoUnit.SECONDS);
    }
}
