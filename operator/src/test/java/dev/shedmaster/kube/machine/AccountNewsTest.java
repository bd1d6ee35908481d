package dev.shedmaster.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.AzureSubscriptionStatus;
import dev.shedmaster.api.v1alpha1.LeakCollection;
import dev.shedmaster.api.v1alpha1.LeakCounts;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountNewsTest {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int BURST = 1000;

    private final InstantSource clock = InstantSource.system();
    private final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {});
    private final Informed<AzureSubscription> subscriptions =
            new Informed<>(AzureSubscription.class, woken -> writeStatus());
    private final AtomicInteger writes = new AtomicInteger();
    private Runnable whenWritten = () -> {};
    private final FleetMemory memory = new FleetMemory(clock, () -> {});
    private final AzureSubscriptionStatuses statuses = new AzureSubscriptionStatuses(
            workers.known(),
            (placement, account, size, zone, type) -> new Offering(placement, account, size, size, zone, type, 8, 0.2),
            memory,
            account -> LeakCounts.NONE,
            clock);
    private final AccountNews news = new AccountNews(subscriptions.known(), statuses::isOutdated, clock, PAUSE);

    /** As the reconciler does it: tells the status and writes it if it differs. */
    private void writeStatus() {
        AzureSubscription before = subscriptions.known().find("ci/azure").orElseThrow();
        Outcome<Nothing> fine = Outcome.done(Nothing.NOTHING);
        AzureSubscriptionStatus status = statuses.tell(before, fine, fine, fine);
        if (!status.equals(before.getStatus())) {
            subscriptions.put(subscription(status));
            writes.incrementAndGet();
            whenWritten.run();
        }
    }

    private AzureSubscriptionStatus told() {
        return subscriptions.known().find("ci/azure").orElseThrow().getStatus();
    }

    @BeforeEach
    void begin() {
        subscriptions.put(subscription(null));
        writeStatus();
        writes.set(0);
        news.start();
    }

    @AfterEach
    void end() {
        news.close();
    }

    @Test
    void aBurstOfWorkersIsToldInFewWrites() {
        Instant begun = clock.instant();
        for (int i = 0; i < BURST; i++) {
            workers.put(SampleWorkers.named("sm-kvm-" + i));
            news.wake();
            // Workers come one after the other, for several times the pause.
            LockSupport.parkNanos(PAUSE.toNanos() * 5 / BURST);
        }

        await().until(() -> told().workers() == BURST && told().vcpus() == BURST * 8);
        long pauses = Duration.between(begun, clock.instant()).dividedBy(PAUSE);
        assertThat((long) writes.get()).isBetween(1L, pauses + 2);
    }

    @Test
    void nothingIsWrittenWhileNothingChanges() {
        news.wake();

        await().during(PAUSE.multipliedBy(4)).until(() -> writes.get() == 0);
    }

    @Test
    void whatIsSeenOnlyAMomentAfterTheNewsIsToldToo() {
        AtomicInteger others = new AtomicInteger();
        whenWritten = () -> {
            if (others.getAndIncrement() == 0) {
                workers.put(SampleWorkers.named("sm-kvm-" + 1));
            }
        };
        workers.put(SampleWorkers.named("sm-kvm-" + 0));
        news.wake();

        await().until(() -> told().workers() == 2);
    }

    @Test
    void anOfferingThatCannotBeHadIsTold() {
        memory.learn(new Blockage(
                new Blockage.WholeType("ci/azure", CapacityType.SPOT),
                clock.instant().plus(Duration.ofMinutes(5)),
                "no spot capacity"));
        news.wake();

        await().untilAsserted(() -> assertThat(told().unavailable())
                .singleElement()
                .satisfies(offering -> assertThat(offering.why()).isEqualTo("no spot capacity")));
    }

    private static AzureSubscription subscription(@Nullable AzureSubscriptionStatus status) {
        AzureSubscription subscription = SampleSubscriptions.azure(LeakCollection.DEFAULT);
        subscription.setStatus(status);
        return subscription;
    }
}
