package dev.shedmaster.kube.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CreationLedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private final CreationLedger ledger = new CreationLedger();

    @Test
    void aWorkerIsPendingUntilTheInformerHasShownItHoweverSoonItIsGoneAgain() {
        ledger.add(worker("ci", "one"));
        ledger.add(worker("ci", "two"));
        ledger.drop(worker("ci", "one"));
        ledger.written(worker("ci", "one"), NOW);
        assertThat(ledger.pending(NOW))
                .extracting(worker -> worker.getMetadata().getName())
                .containsExactly("two");
    }

    @Test
    void namesakesInOtherNamespacesAreOthers() {
        ledger.add(worker("ci", "one"));
        ledger.drop(worker("elsewhere", "one"));
        assertThat(ledger.pending(NOW)).hasSize(1);
    }

    @Test
    void aWorkerThatWaitsForItsTurnToBeWrittenIsPendingHoweverLongThatTakes() {
        ledger.add(worker("ci", "one"));
        assertThat(ledger.pending(NOW.plus(Duration.ofHours(1)))).hasSize(1);
    }

    @Test
    void anInformerThatNeverShowsAWorkerDoesNotKeepOthersFromBeingMade() {
        ledger.add(worker("ci", "one"));
        ledger.written(worker("ci", "one"), NOW);
        assertThat(ledger.pending(NOW.plus(Duration.ofMinutes(2)))).hasSize(1);
        assertThat(ledger.pending(NOW.plus(Duration.ofMinutes(2)).plusMillis(1)))
                .isEmpty();
    }

    private static Worker worker(String namespace, String name) {
        Worker worker = new Worker();
        worker.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        return worker;
    }
}
