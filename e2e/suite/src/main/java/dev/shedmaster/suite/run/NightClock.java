package dev.shedmaster.suite.run;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells which moment of the night it is.
 *
 * @param began when the replay began, in real time
 * @param from the moment of the night at which it began
 * @param speed how many seconds of the night pass in a real one
 */
record NightClock(Instant began, Instant from, double speed) {

    Instant at(Instant real) {
        return from.plus(inTheNight(Duration.between(began, real)));
    }

    /** How much of the night passes in so much real time. */
    Duration inTheNight(Duration real) {
        return Duration.ofMillis(Math.round(real.toMillis() * speed));
    }
}
