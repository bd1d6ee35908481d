package dev.shedmaster.core.label;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Of a long text the part is shown that matters")
class ExcerptTest {
    private static final String DIGITS = "0123456789";
    private static final String LONG = DIGITS.repeat(30);

    @Test
    void aShortTextIsShownWhole() {
        String text = DIGITS.repeat(12);
        assertThat(Excerpt.of(text)).isEqualTo(text);
        assertThat(Excerpt.around(text, 120)).isEqualTo(text);
        assertThat(Excerpt.of("")).isEmpty();
    }

    @Test
    void ofALongOneItsBeginning() {
        assertThat(Excerpt.of(DIGITS.repeat(12) + "0")).isEqualTo(DIGITS.repeat(12) + "…");
        assertThat(Excerpt.around(LONG, 60)).isEqualTo(DIGITS.repeat(12) + "…");
    }

    @Test
    void orWhatIsAroundAPlaceInIt() {
        assertThat(Excerpt.around(LONG, 150)).isEqualTo("…" + DIGITS.repeat(12) + "…");
        assertThat(Excerpt.around(LONG, 153)).isEqualTo("…3456789" + DIGITS.repeat(11) + "012…");
    }

    @Test
    void orItsEnd() {
        assertThat(Excerpt.around(LONG, 300)).isEqualTo("…" + DIGITS.repeat(12));
        assertThat(Excerpt.around(LONG, 240)).isEqualTo("…" + DIGITS.repeat(12));
    }

    @Test
    void asMuchOfItAsIsAskedFor() {
        assertThat(Excerpt.upTo(10, DIGITS)).isEqualTo(DIGITS);
        assertThat(Excerpt.upTo(9, DIGITS)).isEqualTo("012345678…");
        assertThat(Excerpt.upTo(2, "a😀b")).isEqualTo("a…");
    }

    @Test
    void noCharacterIsCutInTwo() {
        String odd = "a" + "😀".repeat(100);
        assertThat(Excerpt.of(odd)).isEqualTo("a" + "😀".repeat(59) + "…");
        assertThat(Excerpt.around(odd, 100)).isEqualTo("…" + "😀".repeat(60) + "…");
    }
}
