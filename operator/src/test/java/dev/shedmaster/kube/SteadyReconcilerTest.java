package dev.shedmaster.kube;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SteadyReconcilerTest {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Probe probe = new Probe();
    private final SteadyReconciler<WorkerPool> reconciler = SteadyReconciler.of(
            "workerpool",
            probe,
            new GenericRetry().withoutMaxAttempts().setInitialInterval(1000).setMaxInterval(60_000),
            new ReconcileMetrics(meters));
    private final Logger logger = (Logger) LoggerFactory.getLogger(SteadyReconciler.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private @Nullable Level usual;

    /** Fails as the test says. */
    private static final class Probe implements Reconciler<WorkerPool>, Cleaner<WorkerPool> {
        private @Nullable Supplier<RuntimeException> failure;

        @Override
        public UpdateControl<WorkerPool> reconcile(WorkerPool pool, Context<WorkerPool> context) {
            fail();
            return UpdateControl.<WorkerPool>noUpdate().rescheduleAfter(7);
        }

        @Override
        public DeleteControl cleanup(WorkerPool pool, Context<WorkerPool> context) {
            fail();
            return DeleteControl.defaultDelete();
        }

        private void fail() {
            if (failure != null) {
                throw failure.get();
            }
        }
    }

    @BeforeEach
    void listen() {
        usual = logger.getLevel();
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoLonger() {
        logger.detachAppender(lines);
        logger.setLevel(usual);
    }

    private static KubernetesClientException conflict() {
        return new KubernetesClientException("the object has been modified", 409, null);
    }

    private static KubernetesClientException away() {
        return new KubernetesClientException("connection refused\nsecond line", 0, null);
    }

    private static WorkerPool pool() {
        WorkerPool pool = new WorkerPool();
        pool.setMetadata(
                new ObjectMetaBuilder().withNamespace("ci").withName("kvm").build());
        return pool;
    }

    /** The context is passed on and not looked at. */
    @SuppressWarnings("NullAway") // the reconciler under test must not look at it
    private Optional<Long> reconcile() {
        return reconciler.reconcile(pool(), null).getScheduleDelay();
    }

    @SuppressWarnings("NullAway") // the reconciler under test must not look at it
    private DeleteControl cleanup() {
        return reconciler.cleanup(pool(), null);
    }

    private double counted(String outcome) {
        return meters.find("shedmaster.reconciliations").tag("outcome", outcome).timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    @Test
    void passesOnWhatTheReconcilerSays() {
        assertThat(reconcile()).contains(7L);
        assertThat(cleanup().isRemoveFinalizer()).isTrue();
        assertThat(counted("done")).isEqualTo(2);
    }

    @Test
    void looksAfreshAMomentAfterAConflictAndTellsNobody() {
        probe.failure = SteadyReconcilerTest::conflict;

        assertThat(reconcile()).contains(250L);
        assertThat(reconcile()).contains(250L);
        assertThat(lines.list).isEmpty();
        assertThat(counted("conflict")).isEqualTo(2);
        assertThat(meters.find("shedmaster.reconciliations.retries").counters()).isEmpty();
    }

    @Test
    void knowsAConflictInsideOfWhatTheFrameworkMadeOfIt() {
        probe.failure = () -> new OperatorException(conflict());

        assertThat(cleanup().isRemoveFinalizer()).isFalse();
        assertThat(cleanup().getScheduleDelay()).contains(250L);
        assertThat(lines.list).isEmpty();
    }

    @Test
    void tellsAnotherFailureInOneLineAndTriesEverLater() {
        probe.failure = SteadyReconcilerTest::away;

        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            pauses.add(reconcile().orElseThrow());
        }

        assertThat(pauses).startsWith(1000L).isSorted();
        assertThat(pauses.getLast()).isGreaterThan(1000L);
        assertThat(lines.list).hasSize(4).allSatisfy(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.WARN);
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getFormattedMessage())
                    .endsWith("connection refused")
                    .doesNotContain("\n");
            assertThat(line.getKeyValuePairs())
                    .extracting(pair -> pair.key + "=" + pair.value)
                    .containsExactly("controller=workerpool", "object=ci/kvm");
        });
        assertThat(counted("failed")).isEqualTo(4);
        assertThat(meters.get("shedmaster.reconciliations.retries").counter().count())
                .isEqualTo(4);
    }

    @Test
    void beginsAnewAfterASuccess() {
        probe.failure = SteadyReconcilerTest::away;
        for (int i = 0; i < 10; i++) {
            reconcile();
        }
        probe.failure = null;
        reconcile();
        probe.failure = SteadyReconcilerTest::away;

        assertThat(reconcile()).contains(1000L);
    }

    @Test
    void showsTheTraceOfADefectOnce() {
        probe.failure = () -> new IllegalStateException("a defect");

        reconcile();
        reconcile();

        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR, Level.ERROR);
        assertThat(lines.list.getFirst().getThrowableProxy()).isNotNull();
        assertThat(lines.list.getLast().getThrowableProxy()).isNull();
    }

    @Test
    void labelsNoObject() {
        probe.failure = SteadyReconcilerTest::away;
        reconcile();

        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .allSatisfy(id -> assertThat(id.getTags())
                        .extracting(tag -> tag.getKey())
                        .isSubsetOf("controller", "outcome", "le"));
    }
}
