package dev.shedmaster.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;

/** Reads the {@code Retry-After} header, which holds seconds or a date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();

    private RetryAfter() {}

    /**
     * How long the server asks us to wait.
     *
     * @param now what a date is compared with
     * @return at least zero and at most a day; empty if the header is missing or cannot be read
     */
    public static Optional<Duration> in(Headers headers, Instant now) {
        String value = headers.get("Retry-After");
        if (value == null) {
            return Optional.empty();
        }
        String text = value.strip();
        try {
            long seconds = text.chars().allMatch(Character::isDigit)
                    ? Long.parseLong(text)
                    : Duration.between(now, Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)))
                            .toSeconds();
            return Optional.of(Duration.ofSeconds(Math.clamp(seconds, 0L, MOST_SECONDS)));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty(); // An unreadable wish is no wish; the caller backs off by its own rule.
        }
    }
}
