package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CreationLedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private final CreationLedger ledger = new CreationLedger();
    private final Worker worker = worker();

    @Test
    void aWorkerCountsUntilTheInformerShowsIt() {
        ledger.add(worker);
        ledger.written(worker, NOW);
        assertThat(ledger.unseen(Set.of("sm-other"), NOW)).containsExactly(worker);
        assertThat(ledger.unseen(Set.of("sm-a"), NOW)).isEmpty();
        assertThat(ledger.unseen(Set.of(), NOW)).as("it was seen and has gone").isEmpty();
    }

    @Test
    void aWorkerWhoseWritingWasRefusedDoesNotCount() {
        ledger.add(worker);
        ledger.drop(worker);
        assertThat(ledger.unseen(Set.of(), NOW)).isEmpty();
    }

    @Test
    void aWorkerThatWaitsForItsTurnToBeWrittenCountsHoweverLongThatTakes() {
        ledger.add(worker);
        assertThat(ledger.unseen(Set.of(), NOW.plus(Duration.ofHours(1)))).containsExactly(worker);
    }

    @Test
    void aWrittenWorkerThatIsNeverShownIsForgotten() {
        ledger.add(worker);
        ledger.written(worker, NOW);
        assertThat(ledger.unseen(Set.of(), NOW.plus(Duration.ofMinutes(2)))).containsExactly(worker);
        assertThat(ledger.unseen(Set.of(), NOW.plus(Duration.ofSeconds(121)))).isEmpty();
    }

    @Test
    void aWorkerThatWasSeenBeforeItsWritingWasAnsweredDoesNotCountAgain() {
        ledger.add(worker);
        assertThat(ledger.unseen(Set.of("sm-a"), NOW)).isEmpty();
        ledger.written(worker, NOW);
        assertThat(ledger.unseen(Set.of(), NOW)).isEmpty();
    }

    private static Worker worker() {
        Worker worker = new Worker();
        worker.setMetadata(
                new ObjectMetaBuilder().withName("sm-a").withNamespace("ci").build());
        return worker;
    }
}
