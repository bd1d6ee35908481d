package dev.shedmaster.kube.feed;

import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest that a feed knows.
 *
 * @param value the last successful reading, null if there was none yet
 * @param begunAt when that reading began: what happened later is not in it
 * @param trouble why the newest attempt failed, null if it did not
 */
public record Reading<T>(
        @Nullable T value,
        @Nullable Instant begunAt,
        @Nullable PortError trouble) {

    static <T> Reading<T> none() {
        return new Reading<>(null, null, null);
    }

    /** The value if it is not older than this, else null. */
    public @Nullable T within(Duration age, Instant now) {
        return begunAt != null && begunAt.plus(age).isAfter(now) ? value : null;
    }
}
