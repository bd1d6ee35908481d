package dev.shedmaster.kube.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AfterthoughtsTest {
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");

    private final Afterthoughts<String> since = new Afterthoughts<>();

    @Test
    void countsAgainstAReadingThatBeganBefore() {
        since.put("a", "created", NINE.plusSeconds(5));

        assertThat(since.since("a", NINE)).isEqualTo("created");
        assertThat(since.since("a", null)).isEqualTo("created");
        assertThat(since.since("b", NINE)).isNull();
    }

    @Test
    void doesNotCountAgainstAReadingThatBeganLater() {
        since.put("a", "created", NINE);

        assertThat(since.since("a", NINE)).isNull();
        assertThat(since.since("a", NINE.plusSeconds(1))).isNull();
    }

    @Test
    void isForgottenOnceOvertaken() {
        since.put("old", "created", NINE);
        since.put("new", "created", NINE.plusSeconds(2));

        assertThat(since.correctedBy(NINE.plusSeconds(1), name -> "gone")).containsExactly("old");
        assertThat(since.correctedBy(NINE.plusSeconds(1), name -> "gone")).isEmpty();
        assertThat(since.since("old", null)).isNull();
        assertThat(since.since("new", null)).isEqualTo("created");
    }

    @Test
    void whatTheReadingConfirmsIsForgottenAndNoCorrection() {
        since.put("a", "created", NINE);

        assertThat(since.correctedBy(NINE.plusSeconds(1), name -> name.equals("a") ? "created" : "gone"))
                .isEmpty();
        assertThat(since.since("a", null)).isNull();
    }
}
