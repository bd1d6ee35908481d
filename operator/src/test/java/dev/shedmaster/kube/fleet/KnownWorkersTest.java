package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.kube.worker.WorkerRecords;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownWorkersTest {
    private static final Map<String, Long> PRICES = Map.of("ci/azure", 1L);

    private final WorkerRecords records = SampleWorkers.records();
    private final List<String> readNames = new ArrayList<>();
    private final Map<String, WorkerLife> owed = new HashMap<>();
    private final KnownWorkers known = new KnownWorkers(this::read, name -> Optional.ofNullable(owed.get(name)));

    private WorkerLife read(Worker worker) {
        readNames.add(worker.getMetadata().getName());
        return records.read(worker);
    }

    private static Worker worker(String name, @Nullable String version) {
        Worker worker = SampleWorkers.named(name);
        worker.getMetadata().setResourceVersion(version);
        return worker;
    }

    private List<String> names(Object basis, Worker... workers) {
        return known.of(Stream.of(workers), basis).stream()
                .map(KnownWorkers.Known::name)
                .toList();
    }

    @Test
    void whatHasNotChangedIsReadOnce() {
        names(PRICES, worker("a", "1"), worker("b", "1"));
        assertThat(names(PRICES, worker("a", "1"), worker("b", "2"))).containsExactlyInAnyOrder("ci/a", "ci/b");
        assertThat(readNames).containsExactly("a", "b", "b");
    }

    @Test
    void theObjectIsTheNewestEvenIfItsLifeIsKnown() {
        names(PRICES, worker("a", "1"));
        Worker newest = worker("a", "2");
        assertThat(known.of(Stream.of(newest), PRICES).getFirst().worker()).isSameAs(newest);
    }

    @Test
    void whatIsKnownAndNotYetWrittenCountsUntilItIs() {
        WorkerLife booting = SampleWorkers.life(new WorkerState.Booting(), SampleWorkers.BORN, null);
        owed.put("ci/a", booting);
        assertThat(life(worker("a", "1"))).isEqualTo(booting);
        owed.clear();
        assertThat(life(worker("a", "1"))).isEqualTo(records.read(worker("a", "1")));
    }

    private WorkerLife life(Worker worker) {
        return known.of(Stream.of(worker), PRICES).getFirst().life();
    }

    @Test
    void otherPricesHaveAllReadAnew() {
        names(PRICES, worker("a", "1"));
        names(Map.of("ci/azure", 2L), worker("a", "1"));
        assertThat(readNames).containsExactly("a", "a");
    }

    @Test
    void oneThatIsNotWrittenYetIsReadUntilItIs() {
        names(PRICES, worker("a", null));
        names(PRICES, worker("a", null));
        assertThat(readNames).containsExactly("a", "a");
    }

    @Test
    void whatIsGoneIsForgotten() {
        names(PRICES, worker("a", "1"));
        assertThat(names(PRICES)).isEmpty();
        names(PRICES, worker("a", "1"));
        assertThat(readNames).containsExactly("a", "a");
    }

    @Test
    void ofTwoThatAreCalledTheSameTheFirstCounts() {
        Worker shown = worker("a", "1");
        assertThat(known.of(Stream.of(shown, worker("a", null)), PRICES))
                .singleElement()
                .satisfies(one -> assertThat(one.worker()).isSameAs(shown));
    }
}
