package dev.shedmaster.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PollIntervalTest {
    private static final Duration MIN = Duration.ofSeconds(2);
    private static final Duration MAX = Duration.ofSeconds(30);
    private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
    private static final CiSnapshot EMPTY = snapshot(T, List.of(), Map.of(), 0);

    private final PollInterval start = PollInterval.between(MIN, MAX);

    @Test
    void itDoublesWhileNothingHappensUpToTheLongest() {
        List<Duration> waits = new ArrayList<>();
        PollInterval interval = start;
        for (int i = 1; i <= 6; i++) {
            interval = interval.after(EMPTY, Outcome.done(EMPTY.seenAt(T.plusSeconds(i))), 0);
            waits.add(interval.delay());
        }
        assertThat(waits).extracting(Duration::toSeconds).containsExactly(4L, 8L, 16L, 30L, 30L, 30L);
    }

    @Test
    void itIsShortestAsSoonAsSomethingWaitsOrChanged() {
        PollInterval slow = start.afterQuiet().afterQuiet().afterQuiet();
        CiSnapshot waiting =
                snapshot(T, List.of(new QueuedJob("ci/jenkins", "1", "job", new Unlabelled(), T)), Map.of(), 0);

        assertThat(slow.after(waiting, Outcome.done(waiting), 0).delay()).isEqualTo(MIN);
        assertThat(slow.after(EMPTY, Outcome.done(snapshot(T, List.of(), Map.of("?", 1), 0)), 0)
                        .delay())
                .isEqualTo(MIN);
        assertThat(slow.after(EMPTY, Outcome.done(snapshot(T, List.of(), Map.of(), 1)), 0)
                        .delay())
                .isEqualTo(MIN);
        assertThat(slow.after(null, Outcome.done(EMPTY), 0).delay()).isEqualTo(MIN);
    }

    @Test
    void whatIsBlockedForLongIsNoReasonToHurry() {
        CiSnapshot blocked = snapshot(T, List.of(), Map.of(), 3);
        assertThat(start.after(blocked, Outcome.done(blocked), 0).delay()).isEqualTo(MIN.multipliedBy(2));
    }

    @Test
    void itBacksOffOnErrorsBetweenHalfAndAllOfTheTime() {
        Outcome<CiSnapshot> error = Outcome.failed(new PortError.Transient("no answer"));
        PollInterval low = start.after(EMPTY, error, 0);
        PollInterval high = start.after(EMPTY, error, 0.999);
        assertThat(low.delay()).isEqualTo(Duration.ofSeconds(2));
        assertThat(high.delay()).isBetween(Duration.ofMillis(3990), Duration.ofSeconds(4));

        PollInterval later = low.after(EMPTY, error, 0).after(EMPTY, error, 0);
        assertThat(later.failures()).isEqualTo(3);
        assertThat(later.delay()).isEqualTo(Duration.ofMillis(2_500));
        assertThat(later.afterQuiet().delay()).isEqualTo(MIN.multipliedBy(2));
        assertThat(later.afterActivity()).isEqualTo(start);
    }

    @Test
    void aServerThatIsDownIsAskedEveryFewSecondsHoweverOftenItIsReadAtRest() {
        PollInterval interval = PollInterval.between(Duration.ofSeconds(1), Duration.ofSeconds(3));
        List<Duration> waits = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            interval = interval.afterFailure(Duration.ZERO, 0.999999);
            waits.add(interval.delay().plusMillis(1));
        }
        assertThat(waits)
                .extracting(Duration::toSeconds)
                .startsWith(2L, 4L, 5L, 5L)
                .endsWith(5L);
        assertThat(interval.afterActivity().delay()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void itNeverComesBackSoonerThanTheServerAsked() {
        Outcome<CiSnapshot> throttled = Outcome.failed(new PortError.Throttled(Duration.ofSeconds(90), "patience"));
        assertThat(start.after(EMPTY, throttled, 0).delay()).isEqualTo(Duration.ofSeconds(90));
        assertThat(start.after(EMPTY, throttled, 0.5).delay()).isEqualTo(Duration.ofMillis(94_500));

        Outcome<CiSnapshot> forADay = Outcome.failed(new PortError.Throttled(Duration.ofDays(1), "patience"));
        assertThat(start.after(EMPTY, forADay, 0).delay()).isEqualTo(PollInterval.LONGEST_RETRY_AFTER);
    }

    @Property
    void everyWaitIsWithinItsBounds(
            @ForAll @LongRange(min = 1, max = 100_000) long minMillis,
            @ForAll @LongRange(min = 0, max = 1_000_000) long more,
            @ForAll List<@IntRange(min = 0, max = 2) Integer> readings,
            @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double jitter) {
        Duration min = Duration.ofMillis(minMillis);
        Duration max = min.plusMillis(more);
        PollInterval interval = PollInterval.between(min, max);
        for (int reading : readings) {
            interval = switch (reading) {
                case 0 -> interval.afterActivity();
                case 1 -> interval.afterQuiet();
                default -> interval.afterFailure(Duration.ZERO, jitter);
            };
            Duration longest = interval.failures() == 0 ? max : Collections.max(List.of(min, Duration.ofSeconds(5)));
            assertThat(interval.delay()).isPositive().isLessThanOrEqualTo(longest);
            assertThat(interval.delay().compareTo(min) >= 0 || interval.failures() > 0)
                    .isTrue();
        }
    }

    @Test
    void impossibleBoundsAreRefusedByName() {
        assertThatThrownBy(() -> PollInterval.between(Duration.ZERO, MAX)).hasMessageContaining("poll.min");
        assertThatThrownBy(() -> PollInterval.between(MAX, MIN)).hasMessageContaining("poll.max");
    }

    private static CiSnapshot snapshot(Instant at, List<QueuedJob> jobs, Map<String, Integer> obscure, int blocked) {
        return new CiSnapshot(at, "2.541.3", jobs, obscure, blocked, Map.of(), OutsideAgents.NONE);
    }
}
