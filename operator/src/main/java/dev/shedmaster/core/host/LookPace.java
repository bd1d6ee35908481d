package dev.shedmaster.core.host;

import java.time.Duration;
import java.time.Instant;

/**
 * How often one looks at what takes its time and tells nobody when it is done: a boot, a disk that is written. A virtual machine boots
 * in seconds, a server with much memory in many minutes, and nobody knows which is which before. So the pauses grow with the time that
 * it has taken already: what is done is seen at most a quarter late, and a boot of five minutes costs some twenty questions, of which
 * Robot answers 500 of a kind in an hour.
 */
final class LookPace {
    static final Duration SHORTEST = Duration.ofSeconds(2);
    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int PART = 4;

    private LookPace() {}

    /**
     * When to look again.
     *
     * @param begun when it began
     */
    static Instant next(Instant begun, Instant now) {
        Duration pause = Duration.between(begun, now).dividedBy(PART);
        return now.plus(pause.compareTo(SHORTEST) < 0 ? SHORTEST : pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    }
}
