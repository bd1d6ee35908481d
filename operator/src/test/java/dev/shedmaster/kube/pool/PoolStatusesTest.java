package dev.shedmaster.kube.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.planning.Hold;
import dev.shedmaster.core.planning.PoolPlan;
import dev.shedmaster.core.planning.Reason;
import dev.shedmaster.core.planning.Sizing;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a pool's status says of the size that the newest plan gives it. */
class PoolStatusesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");
    private static final Sizing TWO_IDLE = new Sizing(2, 0, 2, 0, 0, 1, 0, 0, 0, null);

    private final BlueprintBook book = new BlueprintBook();
    private final WorkerPool pool = Serialization.unmarshal("""
            apiVersion: shedmaster.dev/v1alpha1
            kind: WorkerPool
            metadata: {namespace: ci, name: kvm, generation: 3}
            spec:
              ci: {jenkins: {serverRef: {name: jenkins}, labels: [amd64]}}
              machine: {architecture: amd64}
              placements: []
              scaling: {max: 2}
            """, WorkerPool.class);

    private @Nullable String reason(Reason... reasons) {
        book.drawn("ci/kvm", 3, new BareBlueprint("t1"));
        PoolPlan plan = new PoolPlan(
                "ci/kvm",
                new PoolPlan.PoolCounts(0, 2, 0, 0, 0, 0, 2, 2),
                List.of(),
                List.of(),
                List.of(),
                List.of(reasons),
                List.of());
        return new PoolStatuses(book)
                .tell(pool, plan, List.of(), OfferingMemory.EMPTY, NOW)
                .reason();
    }

    @Test
    void itsReasonNamesTheScheduleThatKeepsAnIdleWorker() {
        assertThat(reason(TWO_IDLE, new Hold.KeptForMinimum(1, 1, "schedule nightly until Wed 00:45 UTC")))
                .isEqualTo("want 2 = 2 idle; 1 idle worker stays for the minimum of 1 (schedule nightly until Wed 00:45"
                        + " UTC)");
    }

    @Test
    void itsReasonDoesNotChangeWithWhatPassesByItself() {
        assertThat(reason(TWO_IDLE, new Hold.MayStillGetWork(2, NOW))).isEqualTo("want 2 = 2 idle");
    }
}
