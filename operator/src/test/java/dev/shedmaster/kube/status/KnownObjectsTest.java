package dev.shedmaster.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.kube.worker.SampleWorkers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KnownObjectsTest {
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final KnownObjects<Worker> workers = new KnownObjects<>("workers", timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void whoWakesTheSameObjectIsTheSame() {
        Set<Runnable> interested = ConcurrentHashMap.newKeySet();
        interested.add(workers.waking("ci/a"));
        interested.add(workers.waking("ci/a"));
        interested.add(workers.waking("ci/b"));
        interested.add(new KnownObjects<Worker>("others", timer).waking("ci/a"));

        assertThat(interested).hasSize(3);
    }

    @Test
    void onlyTheLastTimeCountsAtWhichAnObjectIsToBeLookedAtAgain() {
        timer.setRemoveOnCancelPolicy(true);
        workers.lookAgain(SampleWorkers.named("a"), Duration.ofMinutes(1));
        workers.lookAgain(SampleWorkers.named("b"), Duration.ofMinutes(1));
        workers.lookAgain(SampleWorkers.named("a"), Duration.ofMinutes(3));
        workers.noLonger(SampleWorkers.named("b"));

        assertThat(minutesUntilDue()).isBetween(2L, 3L);
    }

    @Test
    void everyObjectIsLookedAtAgainSomeTime() {
        timer.setRemoveOnCancelPolicy(true);
        workers.lookAgain(SampleWorkers.named("a"), null);
        assertThat(minutesUntilDue()).isBetween(9L, 10L);
        workers.lookAgain(SampleWorkers.named("a"), Duration.ofHours(3));
        assertThat(minutesUntilDue()).isBetween(9L, 10L);
    }

    private long minutesUntilDue() {
        assertThat(timer.getQueue()).hasSize(1).allMatch(Delayed.class::isInstance);
        return ((Delayed) timer.getQueue().element()).getDelay(TimeUnit.MINUTES);
    }

    @Test
    void thereAreNoObjectsBeforeTheirReconcilerIsRegistered() {
        assertThat(workers.objects()).isEmpty();
        assertThat(workers.find("ci/a")).isEmpty();
    }
}
