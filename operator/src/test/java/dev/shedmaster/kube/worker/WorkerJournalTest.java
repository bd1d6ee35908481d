package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.planning.BootHistory;
import dev.shedmaster.core.worker.FailureKind;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.EventRecorder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

class WorkerJournalTest {
    private static final Instant NOW = SampleWorkers.BORN.plusSeconds(90);
    private static final WorkerState BUSY = SampleWorkers.busy(NOW, "build #1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KubernetesClient unused = new KubernetesClientBuilder().build();
    private final BootHistories histories = new BootHistories();
    private final FleetMemory memory = new FleetMemory(InstantSource.fixed(NOW), () -> {});
    private final WorkerJournal journal = new WorkerJournal(
            histories,
            memory,
            new EventRecorder(unused, "test", InstantSource.fixed(NOW), task -> {}),
            meters,
            () -> {},
            InstantSource.fixed(NOW));

    private final Logger log = (Logger) LoggerFactory.getLogger("dev.shedmaster.worker");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    private @Nullable Level usual;

    @BeforeEach
    void listen() {
        usual = log.getLevel();
        log.setLevel(Level.INFO);
        lines.start();
        log.addAppender(lines);
    }

    @AfterEach
    void close() {
        log.detachAppender(lines);
        log.setLevel(usual);
        unused.close();
    }

    @Test
    void howLongAStartTookIsRecordedOnceForAWorker() {
        goes(SampleWorkers.life(new WorkerState.Booting(), NOW, null), new WorkerState.Registering());
        assertThat(starts()).isZero();
        goes(SampleWorkers.life(new WorkerState.Registering(), NOW, null), new WorkerState.Idle());
        goes(SampleWorkers.life(new WorkerState.Idle(), NOW, null), BUSY);
        assertThat(starts()).isEqualTo(1);
    }

    @Test
    void oneThatWasAwayDoesNotStartAgain() {
        goes(SampleWorkers.life(new WorkerState.Registering(), NOW, NOW.minusSeconds(30)), new WorkerState.Idle());
        assertThat(starts()).isZero();
    }

    @Test
    void failuresInARowAreToldToThePlanner() {
        goes(SampleWorkers.life(new WorkerState.Booting(), NOW, null), failed(FailureKind.BOOT_FAILED));
        goes(SampleWorkers.life(new WorkerState.Registering(), NOW, null), failed(FailureKind.NOT_REGISTERED));
        assertThat(history()).isEqualTo(new BootHistory(2, NOW, "its agent was not ready in time: see there"));
    }

    @Test
    void aMachineThatCouldNotBeHadSaysNothingAgainstThePool() {
        goes(SampleWorkers.life(new WorkerState.Requested(), NOW, null), failed(FailureKind.NO_CAPACITY));
        assertThat(history()).isEqualTo(BootHistory.NONE);
    }

    @Test
    void aWorkerThatConnectsForTheFirstTimeEndsTheFailuresInARow() {
        for (WorkerState connected : List.of(new WorkerState.Idle(), BUSY)) {
            goes(SampleWorkers.life(new WorkerState.Booting(), NOW, null), failed(FailureKind.BOOT_FAILED));
            goes(SampleWorkers.life(new WorkerState.Registering(), NOW, null), connected);
            assertThat(history()).as(connected.phase()).isEqualTo(BootHistory.NONE);
        }
    }

    @Test
    void whatAWorkerDoesThatConnectedLongAgoSaysNothingOfThoseThatStart() {
        goes(SampleWorkers.life(new WorkerState.Booting(), NOW, null), failed(FailureKind.BOOT_FAILED));
        goes(SampleWorkers.life(new WorkerState.Idle(), NOW, null), BUSY);
        goes(SampleWorkers.life(BUSY, NOW, null), new WorkerState.Idle());
        goes(SampleWorkers.life(new WorkerState.Registering(), NOW, NOW.minusSeconds(30)), new WorkerState.Idle());
        goes(SampleWorkers.life(new WorkerState.Registering(), NOW, NOW.minusSeconds(30)), BUSY);
        assertThat(history().consecutiveFailures()).isEqualTo(1);
    }

    private static WorkerState failed(FailureKind kind) {
        return new WorkerState.Failed(kind, "see there");
    }

    private BootHistory history() {
        return histories.of("ci/kvm", "hash");
    }

    @Test
    void aMachineThatRunsRefutesWhatWasSaidBeforeItWasAccepted() {
        memory.learn(new Blockage(
                new Blockage.WholeAccount(SampleWorkers.SPOT.account()), NOW.plusSeconds(600), "AllocationFailed"));

        goes(SampleWorkers.life(new WorkerState.Booting(), NOW.minusSeconds(40), null), new WorkerState.Registering());
        assertThat(memory.current().blocking(SampleWorkers.SPOT, "t1", NOW))
                .as("it was accepted before the refusal, which may be of others that were")
                .isPresent();

        goes(SampleWorkers.life(new WorkerState.Requested(), NOW.plusSeconds(1), null), new WorkerState.Booting());
        assertThat(memory.current().blocking(SampleWorkers.SPOT, "t1", NOW))
                .as("it is accepted, which says nothing yet")
                .isPresent();

        goes(SampleWorkers.life(new WorkerState.Booting(), NOW.plusSeconds(1), null), new WorkerState.Registering());
        assertThat(memory.current().blocking(SampleWorkers.SPOT, "t1", NOW)).isEmpty();
    }

    @Test
    void everyChangeOfItsJobsIsLogged() {
        WorkerLife one = SampleWorkers.life(SampleWorkers.busy(NOW, "build #1"), NOW, null);
        WorkerLife two = SampleWorkers.life(SampleWorkers.busy(NOW, "build #1", "image #2"), NOW, null);
        stays(one, two);
        stays(two, two);
        stays(two, one);
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Busy: runs build #1 and 1 more job", "Busy: runs build #1");
        assertThat(lines.list.getFirst().getKeyValuePairs()).contains(new KeyValuePair("jobs", "build #1, image #2"));
    }

    @Test
    void aWaitThatIsOverdueIsCountedOnceHoweverOftenItIsLookedAt() {
        Worker worker = SampleWorkers.named("sm-a");
        WorkerState deleting = new WorkerState.Deleting("its pool is being deleted");
        WorkerLife life = SampleWorkers.life(deleting, NOW, null);
        journal.overdue(worker, life);
        journal.overdue(worker, life);
        assertThat(overdue("Deleting")).isEqualTo(1);

        journal.overdue(
                worker,
                SampleWorkers.life(new WorkerState.Gone("its pool is being deleted"), NOW.plusSeconds(60), null));
        assertThat(overdue("Gone")).isEqualTo(1);
        assertThat(lines.list).hasSize(2);
    }

    private double overdue(String phase) {
        return meters.get("shedmaster.worker.overdue")
                .tag("phase", phase)
                .counter()
                .count();
    }

    private void stays(WorkerLife before, WorkerLife now) {
        journal.passed(SampleWorkers.named("sm-a"), before, now, List.of());
    }

    private void goes(WorkerLife from, WorkerState to) {
        journal.passed(SampleWorkers.named("sm-a"), from, SampleWorkers.life(to, NOW, from.awaySince()), List.of(to));
    }

    private long starts() {
        Timer timer = meters.find("shedmaster.worker.start").timer();
        return timer == null ? 0 : timer.count();
    }
}
