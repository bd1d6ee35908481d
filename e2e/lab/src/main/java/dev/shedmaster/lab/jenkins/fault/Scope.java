package dev.shedmaster.lab.jenkins.fault;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a fault happens to, and until when.
 *
 * @param path what the request's path begins with
 * @param method the request's method; null for any
 * @param count after how many requests the fault is over; null for any number
 * @param duration after what time the fault is over; null for no end
 */
public record Scope(
        String path,
        @Nullable String method,
        @Nullable Integer count,
        @Nullable Duration duration) {

    public Scope {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: expected it to begin with '/', got '" + path + "'");
        }
        if (count != null && count < 1) {
            throw new IllegalArgumentException("count: expected 1 or more, got " + count);
        }
        if (duration != null && !duration.isPositive()) {
            throw new IllegalArgumentException("durationMs: expected more than 0");
        }
        method = method == null ? null : method.toUpperCase(Locale.ROOT);
    }

    /** Every request, until the fault is cleared. */
    public static Scope everything() {
        return new Scope("/", null, null, null);
    }

    /** Requests below a path, until the fault is cleared. */
    public static Scope under(String path) {
        return new Scope(path, null, null, null);
    }

    public Scope method(String only) {
        return new Scope(path, only, count, duration);
    }

    public Scope times(int often) {
        return new Scope(path, method, often, duration);
    }

    public Scope lasting(Duration time) {
        return new Scope(path, method, count, time);
    }

    boolean covers(String requestMethod, String requestPath) {
        return requestPath.startsWith(path) && (method == null || method.equals(requestMethod));
    }
}
