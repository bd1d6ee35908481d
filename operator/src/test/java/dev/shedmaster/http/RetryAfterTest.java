package dev.shedmaster.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "17;PT17S",
                "0;PT0S",
                "99999999;PT24H",
                "Tue, 24 Nov 2026 12:01:30 GMT;PT1M30S",
                "Tue, 24 Nov 2026 11:00:00 GMT;PT0S",
                "Tue, 24 Nov 2099 11:00:00 GMT;PT24H",
            })
    void secondsAndDatesAreUnderstoodAndBounded(String header, Duration wait) {
        assertThat(RetryAfter.in(Headers.of("Retry-After", header), NOW)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1.5", "99999999999999999999", ""})
    void whatCannotBeReadIsNoWish(String header) {
        assertThat(RetryAfter.in(Headers.of("Retry-After", header), NOW)).isEmpty();
    }

    @Test
    void noHeaderIsNoWish() {
        assertThat(RetryAfter.in(Headers.of(), NOW)).isEqualTo(Optional.empty());
    }
}
