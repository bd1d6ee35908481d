package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.QueuedJob;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Labels of a pool change while its workers start: those that are registered already keep theirs. */
class FormerSlotsTest extends FleetFixture {

    private void starting(String name, String template, @Nullable Set<String> labels) {
        workers.add(new WorkerView(
                name,
                "ci/x",
                Stage.STARTING,
                SPOT,
                1,
                0,
                NOW.minusSeconds(40),
                NOW.minusSeconds(40),
                0,
                template,
                labels,
                null));
    }

    private static PoolView relabelled(String... labels) {
        return ScenarioPools.withTemplate(ScenarioPools.withLabels(pool("ci/x", 0, 9), Set.of(labels)), "t2");
    }

    private void queue(String asksFor) {
        jobs.add(new QueuedJob("ci/jenkins", asksFor, asksFor, ScenarioWorld.requirement(asksFor), NOW));
    }

    private static List<Reason> told(PoolPlan slice) {
        return slice.waiting().stream().map(PoolPlan.WaitingJob::why).toList();
    }

    @Test
    void whoAsksForTheNewLabelGetsAWorkerOfItsOwn() {
        pools.add(relabelled("a", "b"));
        starting("old", "t1", Set.of("a"));
        queue("b");
        assertThat(only().creations()).hasSize(1);
    }

    @Test
    void whoAsksForWhatIsInBothWaitsForTheOneThatStarts() {
        pools.add(relabelled("a", "b"));
        starting("old", "t1", Set.of("a"));
        queue("a");
        PoolPlan slice = only();
        assertThat(slice.creations()).isEmpty();
        assertThat(slice.counts().queued()).isEqualTo(1);
        assertThat(told(slice)).containsExactly(new Prospect.StartingWorker("ci/x"));
    }

    @Test
    void aLabelThatHasMovedToAnotherPoolIsStillOnItsWayFromTheFirst() {
        pools.add(relabelled("b"));
        pools.add(serving("a", pool("ci/y", 0, 9)));
        starting("old", "t1", Set.of("a"));
        queue("a");
        jobs.add(new QueuedJob("ci/jenkins", "second", "second", ScenarioWorld.requirement("a"), NOW.plusSeconds(1)));
        List<PoolPlan> slices = plan().pools();
        assertThat(told(slices.get(0))).containsExactly(new Prospect.StartingWorker("ci/x"));
        assertThat(slices.get(1).creations()).hasSize(1);
        assertThat(slices.get(1).counts().queued()).isEqualTo(1);
    }

    @Test
    void aJobThatMayWaitForEitherLeavesTheOldOneToWhomNoOtherServes() {
        pools.add(relabelled("a", "b"));
        starting("old", "t1", Set.of("a"));
        starting("new", "t2", Set.of("a", "b"));
        queue("a");
        queue("b");
        assertThat(only().creations()).isEmpty();
    }

    @Test
    void whatNoPoolServesStaysUnmatched() {
        pools.add(relabelled("b"));
        starting("old", "t1", Set.of("a"));
        queue("a");
        FleetPlan plan = plan();
        assertThat(plan.unmatched()).extracting(UnmatchedDemand::jobs).containsExactly(1);
        assertThat(plan.pools().getFirst().counts().queued()).isZero();
    }

    @Test
    void oneThatIsNotRegisteredYetGetsThePresentLabels() {
        pools.add(relabelled("b"));
        starting("asked-for", "t1", null);
        queue("b");
        assertThat(only().creations()).isEmpty();
    }

    @Test
    void labelsThatTheCiSystemAddsMakeNobodyAnother() {
        pools.add(pool("ci/x", 0, 9));
        starting("w", "t1", Set.of("a", "debian"));
        queue("a && !debian");
        assertThat(only().creations()).isEmpty();
    }

    @Test
    void aPoolThatIsBeingDeletedPromisesNothing() {
        pools.add(ScenarioPools.closing(relabelled("b")));
        pools.add(serving("a", pool("ci/y", 0, 9)));
        starting("old", "t1", Set.of("a"));
        queue("a");
        assertThat(plan().pools().get(1).creations()).hasSize(1);
    }
}
