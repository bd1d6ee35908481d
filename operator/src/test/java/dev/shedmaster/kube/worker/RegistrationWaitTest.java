package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a worker that its CI system does not register, or whose pool was not looked at yet. */
class RegistrationWaitTest extends SearchTrial {
    @Test
    void theTimeForBeingAcceptedDoesNotRunWhileTheCiSystemDoesNotAnswerAndThePoolIsNotBlamed() {
        jenkinsSays = Optional.of(new PortError.Transient("503"));
        Worker worker = made();
        assertThat(look(worker).lookAgainIn()).as("a tenth of the wait").isEqualTo(Duration.ofSeconds(6));
        for (int look = 0; look < 60; look++) {
            now = now.plus(Duration.ofMinutes(1));
            assertThat(look(worker).lookAgainIn()).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(30));
        }
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.REQUESTED);
        assertThat(worker.getStatus().message()).contains("503");
        assertThat(worker.getStatus().deadline()).isAfter(now.minusSeconds(60));
        assertThat(recorded).as("records of an hour").hasSizeLessThan(10);
        assertThat(meters.get("shedmaster.worker.overdue")
                        .tag("phase", "Requested")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(asked).isEmpty();
        assertThat(surroundings.isUnregistered(worker)).isTrue();

        jenkinsSays = Optional.empty();
        look(worker);
        assertThat(surroundings.isUnregistered(worker)).isFalse();
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.BOOTING);
        assertThat(histories.of("ci/kvm", "hash")).isEqualTo(BootHistory.NONE);
    }

    @Test
    void itIsToldOnceThatARegistrationIsOverdueAlsoAfterARestartAndNothingEnds() {
        now = SampleWorkers.BORN.plus(Duration.ofMinutes(30));
        jenkinsSays = Optional.of(new PortError.Unauthorized("403"));
        Worker worker = made();
        look(worker);
        assertThat(worker.getStatus().deadline()).isNotNull();
        recorded.clear();
        for (int look = 0; look < 20; look++) {
            now = now.plus(Duration.ofMinutes(1));
            assertThat(look(worker).lookAgainIn()).isEqualTo(Duration.ofSeconds(30));
        }
        assertThat(recorded).as("records of twenty minutes").isEmpty();
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.REQUESTED);
        assertThat(meters.get("shedmaster.worker.overdue")
                        .tag("phase", "Requested")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatItWaitedForWhileAnotherOperatorOrNoneWasThereIsNoFailure() {
        ladder = List.of(FIRST);
        firstSays = new PortError.Transient("the answer was lost");
        Worker worker = made();
        now = SampleWorkers.BORN.plus(Duration.ofHours(1));
        surroundings.begin();
        look(worker);
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.REQUESTED);
        assertThat(worker.getStatus().deadline()).isEqualTo(now.plus(Duration.ofMinutes(10)));
        now = now.plus(Duration.ofMinutes(11));
        look(worker);
        assertThat(worker.getStatus().cause())
                .as("this operator's own time is over")
                .contains("10m (spec.lifecycle.createTimeout) were not enough");
    }

    @Test
    void nothingFollowsBeforeItsPoolWasLookedAt() {
        pools.put(SamplePools.kvm(""));
        isPoolKnown = false;
        now = SampleWorkers.BORN.plus(Duration.ofMinutes(30));
        Worker worker = made();
        assertThat(look(worker)).isEqualTo(new WorkerStep(false, Duration.ofSeconds(1)));
        assertThat(recorded).isEmpty();

        isPoolKnown = true;
        now = SampleWorkers.BORN.plusSeconds(60);
        look(worker);
        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.BOOTING);
    }

    @Test
    void aRegistrationThatIsWrongFailsAtOnce() {
        jenkinsSays = Optional.of(new PortError.Invalid("labels", "labels: a character that Jenkins refuses"));
        Worker worker = made();
        look(worker);
        assertThat(worker.getStatus().cause()).contains("a character that Jenkins refuses");
    }
}
