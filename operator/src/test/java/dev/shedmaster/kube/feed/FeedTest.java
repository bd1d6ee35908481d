package dev.shedmaster.kube.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class FeedTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration NOTHING = Duration.ZERO;

    private final List<Reading<Integer>> readings = new CopyOnWriteArrayList<>();

    private Feed<Integer> feed(Supplier<Outcome<Integer>> source, Duration pause, Duration least) {
        return new Feed<>(
                "test",
                source,
                (before, now) -> pause,
                least,
                InstantSource.system(),
                (before, now) -> readings.add(now));
    }

    @Test
    void aFailedReadingKeepsTheLastGoodValueAndSaysWhatIsWrong() {
        AtomicInteger turns = new AtomicInteger();
        Supplier<Outcome<Integer>> source = () ->
                turns.incrementAndGet() == 1 ? Outcome.done(7) : Outcome.failed(new PortError.Transient("it is away"));
        try (Feed<Integer> feed = feed(source, Duration.ofMillis(1), NOTHING).start()) {
            await().until(() -> feed.latest().trouble() != null);
            assertThat(feed.latest().value()).isEqualTo(7);
            assertThat(feed.latest().begunAt()).isEqualTo(readings.getFirst().begunAt());
        }
    }

    @Test
    void aDefectInASourceDoesNotEndTheFeed() {
        AtomicInteger turns = new AtomicInteger();
        Supplier<Outcome<Integer>> source = () -> {
            if (turns.incrementAndGet() == 1) {
                throw new IllegalStateException("a defect");
            }
            return Outcome.done(turns.get());
        };
        try (Feed<Integer> feed = feed(source, Duration.ofMillis(1), NOTHING).start()) {
            await().until(() -> feed.latest().value() != null);
            assertThat(readings.getFirst().trouble()).isInstanceOf(PortError.Transient.class);
        }
    }

    @Test
    void aDefectInAListenerDoesNotEndTheFeed() {
        AtomicInteger turns = new AtomicInteger();
        try (Feed<Integer> feed = new Feed<>(
                        "test",
                        () -> Outcome.done(turns.incrementAndGet()),
                        (before, now) -> Duration.ofMillis(1),
                        NOTHING,
                        InstantSource.system(),
                        (before, now) -> {
                            throw new IllegalStateException("a defect");
                        })
                .start()) {
            await().until(() -> turns.get() > 2);
            assertThat(feed.latest().value()).isNotNull();
        }
    }

    @Test
    void whoIsInAHurryDoesNotWaitForThePause() {
        AtomicInteger turns = new AtomicInteger();
        try (Feed<Integer> feed =
                feed(() -> Outcome.done(turns.incrementAndGet()), HOUR, NOTHING).start()) {
            await().until(() -> turns.get() == 1);
            feed.hurry();
            await().until(() -> turns.get() == 2);
        }
    }

    @Test
    void howeverManyAreInAHurryTheShortestPauseIsKept() {
        AtomicInteger turns = new AtomicInteger();
        try (Feed<Integer> feed =
                feed(() -> Outcome.done(turns.incrementAndGet()), HOUR, HOUR).start()) {
            await().until(() -> turns.get() == 1);
            feed.hurry();
            feed.hurry();
            await().during(Duration.ofMillis(200)).until(() -> turns.get() == 1);
        }
    }

    @Test
    void whatTakesLongIsReadMoreRarelyWhoeverIsInAHurry() {
        Duration reading = Duration.ofMillis(100);
        List<Long> begun = new CopyOnWriteArrayList<>();
        AtomicInteger turns = new AtomicInteger();
        Supplier<Outcome<Integer>> source = () -> {
            begun.add(System.nanoTime());
            LockSupport.parkNanos(reading.toNanos());
            return Outcome.done(turns.incrementAndGet());
        };
        try (Feed<Integer> feed = feed(source, NOTHING, NOTHING).start()) {
            feed.hurry();
            await().until(() -> begun.size() == 3);
        }
        for (int i = 1; i < begun.size(); i++) {
            assertThat(Duration.ofNanos(begun.get(i) - begun.get(i - 1)))
                    .isGreaterThanOrEqualTo(reading.multipliedBy(3));
        }
    }

    @Test
    void aReadingThatTookVeryLongDoesNotLetTheNextWaitForLong() {
        Reading<Integer> worked = new Reading<>(7, Instant.EPOCH, null);
        assertThat(Feed.rest(worked, Duration.ofMinutes(2))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void howSoonAReadingIsRepeatedThatFailedItsPaceAloneSays() {
        Reading<Integer> failed = new Reading<>(7, Instant.EPOCH, new PortError.Transient("no answer in 20 s"));
        assertThat(Feed.rest(failed, Duration.ofSeconds(20))).isZero();
    }

    @Test
    void aClosedFeedReadsNoMore() {
        AtomicInteger turns = new AtomicInteger();
        Feed<Integer> feed =
                feed(() -> Outcome.done(turns.incrementAndGet()), HOUR, NOTHING).start();
        await().until(() -> turns.get() == 1);
        feed.close();
        feed.hurry();
        await().during(Duration.ofMillis(200)).until(() -> turns.get() == 1);
    }
}
