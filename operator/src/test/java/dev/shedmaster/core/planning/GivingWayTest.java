package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who makes room for whose job, and that no more go than that takes. */
class GivingWayTest extends FleetFixture {

    @Test
    void thatOthersOfOneBurstWereRegisteredDoesNotSayThatAnyIsNow() {
        pools.add(pool("ci/x", 0, 9));
        unregistered("first", "ci/x", 7200, "HTTP 500");
        unregistered("second", "ci/x", 7200, "HTTP 500");
        worker("sibling", "ci/x", Stage.BUSY, 7200);
        queue(5, 60);
        assertThat(removed(only())).containsExactly("second");
        assertThat(only().creations()).isEmpty();
    }

    @Test
    void onePlaceIsLeftToAPoolWhoseWorkersAreNotRegistered() {
        limitAccount(3);
        pools.add(pool("ci/x", 0, 9));
        pools.add(serving("b", pool("ci/y", 0, 9)));
        unregistered("second", "ci/y", 7200, "HTTP 500");
        unregistered("first", "ci/y", 7300, "HTTP 500");
        unregistered("third", "ci/y", 7200, "HTTP 500");
        queue(2, 3600);
        assertThat(removed(plan().pools().getLast())).containsExactlyInAnyOrder("second", "third");
        assertThat(plan().pools().getFirst().hindrances())
                .containsExactly(new Hold.AccountWorkersFull("ci/azure", 3, 3));

        workers.removeIf(worker -> !worker.name().equals("first"));
        assertThat(plan().pools().getFirst().creations()).hasSize(2);
        assertThat(removed(plan().pools().getLast())).isEmpty();
    }

    @Test
    void noMoreAreAskedThanJobsWait() {
        limitAccount(4);
        pools.add(pool("ci/x", 0, 9));
        pools.add(serving("b", pool("ci/y", 0, 9)));
        for (int i = 0; i < 4; i++) {
            worker("idle-" + i, "ci/y", Stage.IDLE, 100 + i);
        }
        everyWishHasLasted();
        queue(2, 0);
        assertThat(removed(plan().pools().get(1))).containsExactly("idle-3", "idle-2");
    }

    @Test
    void neverBelowTheOthersMinimum() {
        limitAccount(3);
        pools.add(pool("ci/x", 0, 9));
        pools.add(serving("b", pool("ci/y", 2, 9)));
        for (int i = 0; i < 3; i++) {
            worker("idle-" + i, "ci/y", Stage.IDLE, 100 + i);
        }
        everyWishHasLasted();
        queue(3, 0);
        assertThat(removed(plan().pools().get(1))).containsExactly("idle-2");
    }

    @Test
    void whatIsLeavingAlreadyIsCountedFirst() {
        limitAccount(3);
        pools.add(pool("ci/x", 0, 9));
        pools.add(serving("b", pool("ci/y", 0, 9)));
        worker("leaving", "ci/y", Stage.DRAINING, 3);
        worker("idle", "ci/y", Stage.IDLE, 100);
        worker("busy", "ci/y", Stage.BUSY, 100);
        queue(1, 0);
        assertThat(removed(plan().pools().get(1))).isEmpty();
    }

    @Test
    void whoseTimeIsUpMakesRoomByItself() {
        limitAccount(2);
        pools.add(pool("ci/x", 0, 9));
        pools.add(serving("b", pool("ci/y", 0, 9)));
        worker("old", "ci/y", Stage.IDLE, 300);
        worker("young", "ci/y", Stage.IDLE, 100);
        queue(1, 0);
        PoolPlan slice = plan().pools().get(1);
        assertThat(removed(slice)).containsExactly("old");
        assertThat(slice.removals().getFirst().why()).isInstanceOf(Departure.IdleTooLong.class);
    }

    @Test
    void aPoolThatClosesMakesRoomByItself() {
        limitAccount(2);
        pools.add(pool("ci/x", 0, 9));
        pools.add(ScenarioPools.closing(serving("b", pool("ci/y", 0, 9))));
        pools.add(serving("c", pool("ci/z", 0, 9)));
        worker("closing", "ci/y", Stage.FAILED, 100);
        worker("idle", "ci/z", Stage.IDLE, 100);
        queue(1, 0);
        List<PoolPlan> slices = plan().pools();
        assertThat(removed(slices.get(1))).containsExactly("closing");
        assertThat(removed(slices.get(2))).isEmpty();
    }

    /** What would not be enough for the first is not lost for the second. */
    @Test
    void whoCannotBeHelpedTakesNothingFromWhoCan() {
        accounts.add(new AccountView("ci/azure", OptionalInt.empty(), OptionalInt.of(24), "EUR"));
        Offering huge = new Offering("od", "ci/azure", "D32", "f", null, CapacityType.ON_DEMAND, 32, 0.4);
        PoolView first = ScenarioPools.plain("ci/x", "ci/jenkins", Set.of("c"), 0, 9, huge);
        pools.add(ScenarioPools.withShape(first, false, 1, Duration.ofMinutes(5), 900, 1));
        pools.add(pool("ci/y", 0, 9));
        pools.add(serving("b", pool("ci/z", 0, 9)));
        worker("failed", "ci/z", Stage.FAILED, 100);
        worker("idle", "ci/z", Stage.IDLE, 100);
        worker("busy", "ci/z", Stage.BUSY, 100);
        everyWishHasLasted();
        queue(2, 0);
        jobs.add(new QueuedJob("ci/jenkins", "c", "job", ScenarioWorld.requirement("c"), NOW));
        assertThat(removed(plan().pools().get(2))).containsExactlyInAnyOrder("failed", "idle");
    }

    @Test
    void theHigherPriorityIsServedFirst() {
        limitAccount(1);
        pools.add(serving("b", pool("ci/low", 0, 9)));
        pools.add(ScenarioPools.withShape(pool("ci/top", 0, 9), false, 1, Duration.ofMinutes(5), 900, 1));
        pools.add(serving("c", pool("ci/z", 0, 9)));
        worker("idle", "ci/z", Stage.IDLE, 100);
        queue(1, 0);
        jobs.add(new QueuedJob("ci/jenkins", "b", "job", ScenarioWorld.requirement("b"), NOW));
        assertThat(plan().pools().get(2).removals().getFirst().why())
                .isEqualTo(new Departure.Reclaimed("ci/top", "in account ci/azure", Duration.ofSeconds(100)));
    }

    @Test
    void withinAPoolTheFirstToFailGoesFirstAndNoMoreThanNeeded() {
        pools.add(pool("ci/x", 0, 3));
        worker("late", "ci/x", Stage.FAILED, 10);
        worker("early", "ci/x", Stage.FAILED, 30);
        worker("middle", "ci/x", Stage.FAILED, 20);
        queue(2, 0);
        assertThat(removed(only())).containsExactly("early", "middle");
    }

    @Test
    void withinAPoolWhatIsLeavingCounts() {
        pools.add(pool("ci/x", 0, 2));
        worker("leaving", "ci/x", Stage.DELETING, 10);
        worker("failed", "ci/x", Stage.FAILED, 30);
        queue(1, 0);
        assertThat(removed(only())).isEmpty();
    }

    @Test
    void anIdleWorkerThatAJobNeedsIsNotReclaimed() {
        limitAccount(1);
        pools.add(pool("ci/x", 0, 9));
        pools.add(serving("b", pool("ci/y", 0, 9)));
        worker("idle", "ci/y", Stage.IDLE, 100);
        queue(1, 0);
        jobs.add(new QueuedJob("ci/jenkins", "b", "job", ScenarioWorld.requirement("b"), NOW));
        assertThat(removed(plan().pools().get(1))).isEmpty();
    }
}
