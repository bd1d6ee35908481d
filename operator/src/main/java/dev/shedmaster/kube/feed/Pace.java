package dev.shedmaster.kube.feed;

import java.time.Duration;

/** How long a feed pauses between two readings. */
public interface Pace<T> {

    /** The pause after a reading; a failed one still holds the value of the last that succeeded. */
    Duration next(Reading<T> before, Reading<T> now);
}
