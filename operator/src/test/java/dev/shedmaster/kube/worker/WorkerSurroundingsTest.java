package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.worker.Silence;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerRules;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.QuietCi;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What surrounds the workers of a pool that has no blueprint: after a restart, or because its template cannot be read. */
class WorkerSurroundingsTest {
    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-24T21:00:00Z"));
    private final Connections<CiLink> ciLinks = new Connections<>();
    private final Set<String> gone = new HashSet<>();
    private final Informed<WorkerPool> pools = new Informed<>(WorkerPool.class, woken -> {});
    private final WorkerSurroundings surroundings = new WorkerSurroundings(
            "installation",
            pools.known(),
            pool -> Optional.empty(),
            ciLinks,
            new Connections<>(),
            gone::contains,
            new FleetMemory(clock, () -> {}),
            clock);

    @Test
    void aWorkerLivesByTheRulesOfItsPoolsOwner() {
        pools.put(
                SamplePools.kvm("  lifecycle: {maxJobs: 1, keepFailedFor: 2h, drainTimeout: 30m, bootTimeout: 20m}\n"));

        WorkerRules rules = surroundings.rules(SampleWorkers.named("sm-kvm-a"));

        assertThat(rules.maxJobs()).hasValue(1);
        assertThat(rules.keepFailedFor()).isEqualTo(Duration.ofHours(2));
        assertThat(rules.drainTimeout()).contains(Duration.ofMinutes(30));
        assertThat(rules.bootTimeout()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void aCiSystemThatIsNotConnectedIsSilentAndForGoodOnceItsObjectIsGone() {
        assertThat(silence()).isEqualTo(new Silence("ci/jenkins", null));
        gone.add("ci/jenkins");
        assertThat(silence()).isEqualTo(new Silence("ci/jenkins", null, true));
    }

    /** As where a person forces the object away because its Jenkins is dead: the connection serves its last workers. */
    @Test
    void soIsOneThatIsStillConnectedAndHasFallenSilent() {
        ciLinks.ensure(
                "ci/jenkins",
                "",
                () -> new CiLink(
                        "ci/jenkins",
                        new QuietCi(() -> Outcome.failed(new PortError.Transient("no route to host"))),
                        (before, now) -> Duration.ofHours(1),
                        clock,
                        woken -> {},
                        (before, now) -> {}));
        assertThat(silence().forGood()).isFalse();
        gone.add("ci/jenkins");
        assertThat(silence().forGood()).isTrue();
        ciLinks.close();
    }

    private Silence silence() {
        Worker worker = SampleWorkers.named("sm-kvm-a");
        WorkerLife life = SampleWorkers.life(new WorkerState.Idle(), SampleWorkers.BORN, null);
        return ((AgentSight.Unknown) surroundings.see(worker, life, null).agent()).silence();
    }

    @Test
    void aWorkerWithoutAPoolLivesByTheUsualRules() {
        assertThat(surroundings.rules(SampleWorkers.named("sm-kvm-a"))).isEqualTo(WorkerRules.DEFAULT);
    }

    @Test
    void whatMayBeAskedForIsNotKnown() {
        assertThat(surroundings.obstacle(SampleWorkers.named("sm-kvm-a")))
                .isEqualTo("no machine can be made for pool ci/kvm now; see the pool's conditions");
    }
}
