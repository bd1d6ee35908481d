package dev.shedmaster.core.worker;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * That a CI system does not say what its agents do.
 *
 * @param source {@code namespace/name} of the CI system's object
 * @param since when it said so last; null if it never has
 */
public record Silence(String source, @Nullable Instant since) {

    /** As part of a sentence, about what it shall say. */
    String waitingFor(String answer) {
        return "waits for " + source + " to say " + answer
                + (since == null
                        ? ": it has not answered yet, see its status"
                        : ": it has not answered since " + since.truncatedTo(ChronoUnit.SECONDS));
    }
}
