package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConditionStatus;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.core.planning.PoolView;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a pool whose blueprint cannot be drawn, and what its owner and the planner are told. */
class BlueprintBookTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final PortError BY_CHANCE = new PortError.Transient("ConfigMap ci/t could not be read: timeout");
    private static final PortError NOT_ALLOWED = new PortError.Unauthorized("may not read ConfigMap ci/t");
    private static final PortError WRONG = new PortError.Invalid("spec.ci", "spec.ci: there is no JenkinsServer ci/j");

    private final BlueprintBook book = new BlueprintBook();
    private final WorkerPool pool = pool("kvm", "min: 0");

    private static WorkerPool pool(String name, String scaling) {
        return Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {namespace: ci, name: %s, generation: 3}
                spec:
                  ci: {jenkins: {serverRef: {name: jenkins}, labels: [kvm]}}
                  machine: {architecture: amd64}
                  placements: []
                  scaling: {max: 9, %s}
                """.formatted(name, scaling), WorkerPool.class);
    }

    private Condition ready() {
        return ready(pool);
    }

    private Condition ready(WorkerPool pool) {
        return new PoolStatuses(book)
                .tell(pool, null, List.of(), OfferingMemory.EMPTY, NOW).conditions().stream()
                        .filter(condition -> condition.type().equals(Condition.READY))
                        .findFirst()
                        .orElseThrow();
    }

    private String blocker() {
        String blocker = new PoolViews(book, List::of)
                .view(pool, BootHistory.NONE, 0, null, NOW)
                .making()
                .blocker();
        return blocker == null ? "" : blocker;
    }

    @Test
    void aPoolThatCannotBeReadWholeKeepsTheWorkersOfItsSchedules() {
        WorkerPool scheduled = pool("scheduled", "schedules: [{name: always, cron: '0 * * * *', for: 2h, min: 4}]");
        book.failed("ci/scheduled", 3, BY_CHANCE);

        PoolView view = new PoolViews(book, List::of).view(scheduled, BootHistory.NONE, 0, null, NOW);

        assertThat(view.size().min()).isEqualTo(4);
        assertThat(view.making().blocker()).isEqualTo(BY_CHANCE.message());
    }

    @Test
    void aBudgetThatDoesNotCountEverythingSaysSo() {
        Offering unpriced =
                new Offering("main", "ci/azure", "Standard_E8_v5", "family", null, CapacityType.ON_DEMAND, 8, 0);
        book.drawn("ci/kvm", 3, new BareBlueprint("t1", List.of(unpriced, unpriced.at(0.4))));
        assertThat(ready().message()).isEqualTo("workers can be made");

        String what =
                "Standard_E8_v5 of account ci/azure, whose price is not known: set it in spec.prices of the AzureSubscription";
        assertThat(ready(pool("kvm", "budget: {hour: {hard: 40 USD}}")).message())
                .isEqualTo("workers can be made; its hard budget lets none be made of " + what);
        assertThat(ready(pool("kvm", "budget: {hour: {soft: 40 USD}}")).message())
                .isEqualTo("workers can be made; its budget does not count " + what);
    }

    @Test
    void aReadingThatFailsByChanceTakesNothingAway() {
        book.drawn("ci/kvm", 3, new BareBlueprint("t1"));
        book.failed("ci/kvm", 3, BY_CHANCE);
        book.failed("ci/kvm", 3, BY_CHANCE);

        assertThat(book.find("ci/kvm")).contains(new BareBlueprint("t1"));
        assertThat(book.problem("ci/kvm")).contains(BY_CHANCE);
        assertThat(blocker()).isEmpty();
        assertThat(ready().status()).isEqualTo(ConditionStatus.TRUE);
        assertThat(ready().message()).contains("as before").contains("timeout");
    }

    @Test
    void aBlueprintOfAFormerSpecIsNotKept() {
        book.drawn("ci/kvm", 2, new BareBlueprint("t1"));
        book.failed("ci/kvm", 3, BY_CHANCE);

        assertThat(book.find("ci/kvm")).isEmpty();
        assertThat(blocker()).isEqualTo(BY_CHANCE.message());
    }

    @Test
    void whatIsWrongUntilAPersonChangesItTakesTheBlueprint() {
        book.drawn("ci/kvm", 3, new BareBlueprint("t1"));
        book.failed("ci/kvm", 3, WRONG);

        assertThat(book.find("ci/kvm")).isEmpty();
        assertThat(blocker()).isEqualTo(WRONG.message());
    }

    @Test
    void onlyWhatWasReadIsCalledMisconfigured() {
        book.failed("ci/kvm", 3, WRONG);
        assertThat(ready().reason()).isEqualTo("Misconfigured");
        book.failed("ci/kvm", 3, NOT_ALLOWED);
        assertThat(ready().reason()).isEqualTo("Unreadable");
        book.failed("ci/kvm", 3, BY_CHANCE);
        assertThat(ready().reason()).isEqualTo("Unreadable");
        assertThat(ready().status()).isEqualTo(ConditionStatus.FALSE);
    }
}
