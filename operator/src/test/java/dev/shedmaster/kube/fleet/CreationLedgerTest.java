package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.kube.worker.SampleWorkers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CreationLedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private final CreationLedger ledger = new CreationLedger();
    private final Worker worker = worker("ci", "sm-a");

    @Test
    void aWorkerIsPendingUntilTheInformerHasShownItHoweverSoonItIsGoneAgain() {
        ledger.add(worker);
        ledger.written(worker, NOW);
        assertThat(ledger.pending(NOW)).containsExactly(worker);
        ledger.drop(worker);
        assertThat(ledger.pending(NOW)).isEmpty();
    }

    @Test
    void namesakesInOtherNamespacesAreOthers() {
        ledger.add(worker);
        ledger.drop(worker("elsewhere", "sm-a"));
        assertThat(ledger.pending(NOW)).containsExactly(worker);
    }

    @Test
    void aWorkerThatWaitsForItsTurnToBeWrittenCountsHoweverLongThatTakes() {
        ledger.add(worker);
        assertThat(ledger.pending(NOW.plus(Duration.ofHours(1)))).containsExactly(worker);
    }

    @Test
    void aWrittenWorkerThatIsNeverShownIsForgotten() {
        ledger.add(worker);
        ledger.written(worker, NOW);
        assertThat(ledger.pending(NOW.plus(Duration.ofMinutes(2)))).containsExactly(worker);
        assertThat(ledger.pending(NOW.plus(Duration.ofSeconds(121)))).isEmpty();
    }

    @Test
    void aWorkerThatWasShownBeforeItsWritingWasAnsweredDoesNotCountAgain() {
        ledger.add(worker);
        ledger.drop(worker);
        ledger.written(worker, NOW);
        assertThat(ledger.pending(NOW)).isEmpty();
    }

    private static Worker worker(String namespace, String name) {
        Worker worker = SampleWorkers.named(name);
        worker.getMetadata().setNamespace(namespace);
        return worker;
    }
}
