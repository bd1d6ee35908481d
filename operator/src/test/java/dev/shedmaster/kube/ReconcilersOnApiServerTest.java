package dev.shedmaster.kube;

import static dev.shedmaster.kube.ApiServerRoom.NAMESPACE;
import static dev.shedmaster.kube.ApiServerRoom.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.shedmaster.api.v1alpha1.AzureAuth;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.AzureSubscriptionStatus;
import dev.shedmaster.api.v1alpha1.LeakCollection;
import dev.shedmaster.api.v1alpha1.LeakCounts;
import dev.shedmaster.api.v1alpha1.ManagedIdentityAuth;
import dev.shedmaster.kube.machine.SampleSubscriptions;
import dev.shedmaster.kube.status.Finalizers;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.StatusStore;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What only a real API server shows: what caches keep, and what a conflict comes to. */
class ReconcilersOnApiServerTest {
    private final ApiServerRoom room = new ApiServerRoom();
    private final KubernetesClient person = room.person();
    private final Probe probe = new Probe();
    private final ListAppender<ILoggingEvent> frameworkLines = new ListAppender<>();

    /** Writes the same status each time; the first looks are at what was so long ago, as many as the test says. */
    private static final class Probe implements Reconciler<AzureSubscription>, Cleaner<AzureSubscription> {
        private final KnownObjects<AzureSubscription> known = new KnownObjects<>(
                "subscriptions",
                Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory()));
        private final AtomicInteger staleLooks = new AtomicInteger();
        private final AtomicInteger annotatedSince = new AtomicInteger();

        @Override
        public List<EventSource<?, AzureSubscription>> prepareEventSources(
                EventSourceContext<AzureSubscription> context) {
            return known.eventSources(context);
        }

        @Override
        public UpdateControl<AzureSubscription> reconcile(
                AzureSubscription subscription, Context<AzureSubscription> context) {
            if (isOneOf(staleLooks)) {
                subscription.getMetadata().setResourceVersion("1");
                subscription.getMetadata().setGeneration(0L);
            }
            if (isOneOf(annotatedSince)) {
                subscription.getMetadata().setResourceVersion("1");
            }
            StatusStore.writeIfChanged(subscription, status(), context);
            return UpdateControl.noUpdate();
        }

        private static boolean isOneOf(AtomicInteger left) {
            return left.getAndUpdate(now -> Math.max(0, now - 1)) > 0;
        }

        @Override
        public DeleteControl cleanup(AzureSubscription subscription, Context<AzureSubscription> context) {
            return DeleteControl.defaultDelete();
        }
    }

    private static AzureSubscriptionStatus status() {
        return new AzureSubscriptionStatus(1L, List.of(), 7, 56, List.of(), LeakCounts.NONE, "all is well");
    }

    private static AzureSubscription subscription() {
        return SampleSubscriptions.azure(
                NAMESPACE, new AzureAuth(null, null, new ManagedIdentityAuth(null)), LeakCollection.DEFAULT);
    }

    private AzureSubscription onServer() {
        return person.resource(subscription()).get();
    }

    @BeforeEach
    void begin() {
        frameworkLines.start();
        frameworkLogger().addAppender(frameworkLines);
        room.start(probe, Finalizers.CONNECTION);
    }

    @AfterEach
    void end() {
        room.close();
        frameworkLogger().detachAppender(frameworkLines);
    }

    private static Logger frameworkLogger() {
        return (Logger) LoggerFactory.getLogger("io.javaoperatorsdk.operator.processing.event");
    }

    @Test
    void theCacheDoesNotKeepWhoSetWhichFieldAndStatusesAreWrittenAllTheSame() {
        person.resource(subscription()).create();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(probe.known.find(NAMESPACE + "/azure"))
                        .hasValueSatisfying(cached -> {
                            assertThat(cached.getStatus()).isEqualTo(status());
                            assertThat(cached.getSpec())
                                    .isEqualTo(subscription().getSpec());
                            assertThat(cached.getMetadata().getFinalizers()).containsExactly(Finalizers.CONNECTION);
                            assertThat(cached.getMetadata().getManagedFields()).isEmpty();
                        }));
        assertThat(onServer().getStatus()).isEqualTo(status());
        assertThat(onServer().getMetadata().getManagedFields())
                .as("the server still knows")
                .isNotEmpty();
    }

    @Test
    void aConflictIsLookedAtAfreshWithoutAWord() {
        probe.staleLooks.set(2);

        person.resource(subscription()).create();

        await().atMost(PATIENCE).until(() -> status().equals(onServer().getStatus()));
        assertThat(conflicts()).isEqualTo(2);
        assertThat(frameworkLines.list).isEmpty();
    }

    @Test
    void whatNoStatusRestsOnMayChangeWhileItIsWritten() {
        probe.annotatedSince.set(1);

        person.resource(subscription()).create();

        await().atMost(PATIENCE).until(() -> status().equals(onServer().getStatus()));
        assertThat(conflicts()).isZero();
    }

    private long conflicts() {
        return room.looks("azuresubscription", "conflict");
    }

    @Test
    void whatIsDoneIsWaitedForNoLonger() {
        person.resource(subscription()).create();
        await().atMost(PATIENCE).until(() -> status().equals(onServer().getStatus()));

        person.resource(subscription()).delete();

        await().atMost(PATIENCE).until(() -> person.resource(subscription()).get() == null);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(room.meters()
                            .get("shedmaster.reconciliations.waiting")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(room.meters()
                            .get("shedmaster.reconciliations.running")
                            .gauge()
                            .value())
                    .isZero();
        });
    }
}
