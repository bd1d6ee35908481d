package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Unlabelled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class ArrivalTest {
    private static QueuedJob job(String source, String id, Instant at) {
        return new QueuedJob(source, id, "job " + id, new Unlabelled(), at);
    }

    @Provide
    Arbitrary<List<QueuedJob>> queues() {
        Arbitrary<Instant> close = Arbitraries.longs()
                .between(0, 5_000_000)
                .map(nanos -> Instant.parse("2026-11-24T10:00:00Z").plusNanos(nanos));
        Arbitrary<Instant> far = Arbitraries.of(
                Instant.MIN,
                Instant.EPOCH.minusMillis(1),
                Instant.EPOCH,
                Instant.ofEpochSecond((1L << 33) - 1, 999_999_999),
                Instant.ofEpochSecond(1L << 33),
                Instant.MAX);
        Arbitrary<String> few = Arbitraries.of("1", "2", "3");
        return Combinators.combine(few, few, Arbitraries.frequencyOf(Tuple.of(40, close), Tuple.of(1, far)))
                .as(ArrivalTest::job)
                .list()
                .ofMaxSize(40);
    }

    @Property
    void isTheOrderOfTheComparator(@ForAll("queues") List<QueuedJob> queue) {
        assertThat(Arrival.sorted(queue))
                .containsExactlyElementsOf(queue.stream().sorted(Arrival.ORDER).toList());
    }

    @Test
    void moreJobsThanFitBesideAMillisecondAreSortedToo() {
        Instant first = Instant.parse("2026-11-24T10:00:00Z");
        List<QueuedJob> ordered = IntStream.range(0, 1 << 20)
                .mapToObj(i -> job("ci/jenkins", "same", first.plusMillis(i)))
                .toList();
        List<QueuedJob> queue = new ArrayList<>(ordered);
        Collections.reverse(queue);

        assertThat(Arrays.equals(Arrival.sorted(queue), ordered.toArray())).isTrue();
    }
}
