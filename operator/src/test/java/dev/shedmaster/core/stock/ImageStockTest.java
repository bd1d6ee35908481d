package dev.shedmaster.core.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.stock.ImageStock.Failures;
import dev.shedmaster.core.stock.ImageStock.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which images a host fetches and which it lets go. */
class ImageStockTest {
    private static final Instant NOW = Instant.parse("2026-11-30T21:00:00Z");
    private static final long DISK = 1000;

    private static StoredImage image(String name, @Nullable Duration unusedFor) {
        return image(name, "sum-of-" + name, unusedFor, false);
    }

    private static StoredImage image(String name, String sha256, @Nullable Duration unusedFor, boolean isUsed) {
        return new StoredImage(name, sha256, unusedFor == null ? null : NOW.minus(unusedFor), isUsed);
    }

    private static Step next(Set<String> wanted, long free, StoredImage... images) {
        return new ImageStock(wanted, true, Set.of(images), free, DISK, Map.of()).next(NOW);
    }

    @Test
    void whatIsWantedAndNotThereIsFetchedOneAfterTheOther() {
        assertThat(next(Set.of("b", "a", "c"), 900, image("a", Duration.ZERO))).isEqualTo(new Step.Fetch("b"));
        assertThat(next(Set.of("a", "by-hand"), 900, image("a", Duration.ZERO), image("by-hand", "", null, false)))
                .isEqualTo(new Step.Nothing());
        assertThat(next(Set.of(), 900)).isEqualTo(new Step.Nothing());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "5, 16", "6, 30", "1000, 30"})
    void whatFailedIsTriedAgainAndLessAndLessOften(int times, int minutes) {
        Duration pause = Duration.ofMinutes(minutes);
        assertThat(afterFailures(times, pause.minusSeconds(1))).isEqualTo(new Step.Nothing());
        assertThat(afterFailures(times, pause)).isEqualTo(new Step.Fetch("a"));
    }

    private static Step afterFailures(int times, Duration ago) {
        Map<String, Failures> failures = Map.of("a", new Failures(times, NOW.minus(ago), "why"));
        return new ImageStock(Set.of("a"), true, Set.of(), 900, DISK, failures).next(NOW);
    }

    @Test
    void oneThatFailsHoldsNoOtherUp() {
        Map<String, Failures> failures = Map.of("a", Failures.after(null, NOW, "why"));
        assertThat(new ImageStock(Set.of("a", "b"), true, Set.of(), 900, DISK, failures).next(NOW))
                .isEqualTo(new Step.Fetch("b"));
    }

    @Test
    void whatNobodyWantsIsKeptForAWeek() {
        Duration week = ImageStock.KEPT_UNUSED;
        assertThat(next(Set.of(), 900, image("old", week))).isEqualTo(new Step.Nothing());
        assertThat(next(Set.of(), 900, image("old", week.plusSeconds(1)))).isEqualTo(new Step.Drop("sum-of-old"));
        assertThat(next(Set.of("old"), 900, image("old", week.plusSeconds(1)))).isEqualTo(new Step.Nothing());
    }

    @Test
    void whereTheDiskGetsFullTheLongestUnusedMakesRoomFirst() {
        StoredImage older = image("older", Duration.ofHours(2));
        StoredImage newer = image("newer", Duration.ofHours(1));
        assertThat(next(Set.of("wanted"), 200, older, newer)).isEqualTo(new Step.Fetch("wanted"));
        assertThat(next(Set.of("wanted"), 199, older, newer)).isEqualTo(new Step.Drop("sum-of-older"));
        assertThat(next(Set.of("wanted"), 199, newer)).isEqualTo(new Step.Drop("sum-of-newer"));
        assertThat(next(Set.of("wanted"), 199))
                .as("it may fit all the same, and says so if it does not")
                .isEqualTo(new Step.Fetch("wanted"));
    }

    @Test
    void whatIsUsedOrWantedOrSomebodysIsNeverLetGo() {
        Duration year = Duration.ofDays(365);
        assertThat(next(Set.of(), 0, image("used", "1", year, true))).isEqualTo(new Step.Nothing());
        assertThat(next(Set.of("wanted"), 0, image("wanted", "1", year, false))).isEqualTo(new Step.Nothing());
        assertThat(next(Set.of(), 0, image("by-hand", "", null, false))).isEqualTo(new Step.Nothing());
        assertThat(next(Set.of("wanted"), 0, image("wanted", "1", year, false), image("former", "1", year, false)))
                .as("one image with two names")
                .isEqualTo(new Step.Nothing());
    }

    @Test
    void nothingIsLetGoWhileNotAllIsKnownThatIsWanted() {
        Set<StoredImage> old = Set.of(image("old", Duration.ofDays(365)));
        assertThat(new ImageStock(Set.of("a"), false, old, 0, DISK, Map.of()).next(NOW))
                .isEqualTo(new Step.Fetch("a"));
        assertThat(new ImageStock(Set.of(), false, old, 0, DISK, Map.of()).next(NOW))
                .isEqualTo(new Step.Nothing());
    }

    @Test
    void whatHasLostItsNameGoesWhenItsLastWorkerIsGone() {
        assertThat(next(
                        Set.of("a"),
                        900,
                        image("a", "2", Duration.ZERO, false),
                        image("", "1", Duration.ofDays(8), true)))
                .isEqualTo(new Step.Nothing());
        assertThat(next(
                        Set.of("a"),
                        900,
                        image("a", "2", Duration.ZERO, false),
                        image("", "1", Duration.ofDays(8), false)))
                .isEqualTo(new Step.Drop("1"));
    }
}
