package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.lab.time.ManualClock;
import dev.shedmaster.machine.azure.RequestBudget.Admission;
import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.machine.azure.RequestRates.Rate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestBudgetTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-24T12:00:00Z"));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger callers = new AtomicInteger();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private RequestBudget budget(RequestRates rates) {
        return new RequestBudget(rates, "ci/azure", clock, meters);
    }

    private static RequestRates narrow(RequestBucket bucket, int burst, double perSecond) {
        return RequestRates.PUBLISHED.with(bucket, new Rate(burst, perSecond)).withConcurrency(1_000);
    }

    /** Each call is a caller of its own. */
    private Admission acquire(RequestBudget budget, RequestKind kind, Urgency urgency, Duration patience) {
        return budget.acquire(kind, urgency, patience, "caller " + callers.incrementAndGet());
    }

    private static Admission.Permit granted(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Permit.class);
        return (Admission.Permit) admission;
    }

    private static Duration refused(Admission admission) {
        assertThat(admission).isInstanceOf(Admission.Refused.class);
        return ((Admission.Refused) admission).retryAfter();
    }

    /** As when a credential changes: the next connection is opened before the former is closed. */
    @Test
    void whatWaitsIsShownOfTheNewestOfTwoForOneAccount() {
        RequestBudget former = budget(RequestRates.PUBLISHED);
        RequestBudget next = budget(narrow(RequestBucket.ARM_WRITES, 1, 0.01));
        former.close();

        granted(acquire(next, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                .close();
        Future<Admission> waiting =
                threads.submit(() -> acquire(next, RequestKind.PUT_VM, Urgency.CREATE, Duration.ofMinutes(5)));
        await().until(() -> next.waiting() == 1);
        assertThat(meters.get("shedmaster.azure.requests.waiting")
                        .tag("account", "ci/azure")
                        .gauge()
                        .value())
                .isEqualTo(1);

        waiting.cancel(true);
        next.close();
        assertThat(meters.find("shedmaster.azure.requests.waiting").gauge()).isNull();
    }

    @Test
    void aBurstGoesAtOnceAndThenTheRateHolds() {
        RequestBudget budget = budget(narrow(RequestBucket.ARM_WRITES, 3, 2));
        for (int i = 0; i < 3; i++) {
            granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                    .close();
        }
        assertThat(refused(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO)))
                .isEqualTo(Duration.ofSeconds(1));
        clock.advance(Duration.ofMillis(500));
        granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                .close();
        refused(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO));
    }

    @Test
    void otherBucketsAreNotConcerned() {
        RequestBudget budget = budget(narrow(RequestBucket.ARM_WRITES, 1, 0.001));
        granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                .close();
        refused(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO));
        granted(acquire(budget, RequestKind.DELETE_VM, Urgency.DELETE, Duration.ZERO))
                .close();
        granted(acquire(budget, RequestKind.GET_VM, Urgency.READ, Duration.ZERO))
                .close();
    }

    @Test
    void deletionsGoBeforeCreationsAndThoseBeforeReadings() {
        RequestBudget budget = budget(RequestRates.PUBLISHED.withConcurrency(1));
        Admission.Permit first = granted(acquire(budget, RequestKind.GET_VM, Urgency.READ, PATIENCE));
        List<Urgency> order = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> calls = new ArrayList<>();
        for (Urgency urgency : List.of(Urgency.READ, Urgency.CREATE, Urgency.READ, Urgency.DELETE, Urgency.CREATE)) {
            int before = budget.waiting();
            calls.add(threads.submit(() -> {
                try (Admission.Permit permit = granted(acquire(budget, RequestKind.GET_VM, urgency, PATIENCE))) {
                    order.add(urgency);
                    return permit;
                }
            }));
            await().until(() -> budget.waiting() == before + 1);
        }
        first.close();
        await().until(() -> calls.stream().allMatch(Future::isDone));
        assertThat(order).containsExactly(Urgency.DELETE, Urgency.CREATE, Urgency.CREATE, Urgency.READ, Urgency.READ);
    }

    @Test
    void whoeverHasWaitedTooLongGoesFirst() {
        RequestBudget budget = budget(RequestRates.PUBLISHED.withConcurrency(1));
        Admission.Permit first = granted(acquire(budget, RequestKind.GET_VM, Urgency.READ, PATIENCE));
        List<Urgency> order = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> calls = new ArrayList<>();
        for (Urgency urgency : List.of(Urgency.READ, Urgency.DELETE, Urgency.DELETE)) {
            int before = budget.waiting();
            calls.add(threads.submit(() -> {
                try (Admission.Permit permit = granted(acquire(budget, RequestKind.GET_VM, urgency, PATIENCE))) {
                    order.add(urgency);
                    return permit;
                }
            }));
            await().until(() -> budget.waiting() == before + 1);
            if (urgency == Urgency.READ) {
                clock.advance(RequestBudget.AGEING);
            }
        }
        first.close();
        await().until(() -> calls.stream().allMatch(Future::isDone));
        assertThat(order).containsExactly(Urgency.READ, Urgency.DELETE, Urgency.DELETE);
    }

    @Test
    void aWaiterGoesWhenItsTimeHasComeAndIsNotWokenByOthers() {
        RequestBudget budget = budget(narrow(RequestBucket.PUT_VM, 1, 0.1));
        granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, PATIENCE)).close();
        Future<Admission> waiting = threads.submit(() -> acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, PATIENCE));
        await().until(() -> budget.waiting() == 1);
        somebodyReads(budget);
        assertThat(waiting.isDone()).isFalse();
        clock.advance(Duration.ofSeconds(10));
        somebodyReads(budget);
        await().until(waiting::isDone);
        granted(waiting.resultNow()).close();
    }

    @Test
    void aThousandWaitersCostNoPlatformThreadAndAllGetTheirTurn() {
        RequestBudget budget = budget(narrow(RequestBucket.ARM_WRITES, 100, 100));
        List<Future<Admission>> calls = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            calls.add(threads.submit(() -> {
                Admission admission = acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, PATIENCE);
                if (admission instanceof Admission.Permit permit) {
                    permit.close();
                }
                return admission;
            }));
        }
        await().until(() -> budget.waiting() == 900);
        for (int second = 0; second < 9; second++) {
            int left = 900 - (second + 1) * 100;
            clock.advance(Duration.ofSeconds(1));
            somebodyReads(budget);
            await().until(() -> budget.waiting() == left);
        }
        await().until(() -> calls.stream().allMatch(Future::isDone));
        assertThat(calls).allSatisfy(call -> assertThat(call.resultNow()).isInstanceOf(Admission.Permit.class));
        assertThat(meters.get("shedmaster.azure.requests.wait")
                        .tag("urgency", "create")
                        .timer()
                        .max(java.util.concurrent.TimeUnit.SECONDS))
                .isEqualTo(9.0);
    }

    @Test
    void whereALongLineWaitsWhoeverComesIsToldWhenToComeAgainAndThenGetsItsTurn() {
        RequestBudget budget = budget(narrow(RequestBucket.ARM_WRITES, 1, 10));
        granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, PATIENCE)).close();
        List<Future<Admission>> line = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            line.add(threads.submit(() -> acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ofSeconds(5))));
        }
        await().until(() -> budget.waiting() == 50);

        List<Duration> toldToCome = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            toldToCome.add(refused(create(budget, "late " + i)));
        }
        assertThat(toldToCome).isSorted().doesNotHaveDuplicates();
        assertThat(toldToCome.getLast()).isBetween(Duration.ofMillis(14_900), Duration.ofMillis(15_100));
        assertThat(refused(create(budget, "late 50"))).as("asked too early").isEqualTo(toldToCome.get(50));
        assertThat(refused(create(budget, "last"))).isGreaterThan(toldToCome.getLast());

        for (int left = 49; left >= 0; left--) {
            int waiting = left;
            clock.advance(Duration.ofMillis(100));
            somebodyReads(budget);
            await().until(() -> budget.waiting() == waiting);
        }
        await().until(() -> line.stream().allMatch(Future::isDone));
        assertThat(line).allSatisfy(call -> granted(call.resultNow()).close());
        clock.advance(Duration.ofMillis(100));
        granted(create(budget, "late 0")).close();
    }

    private static Admission create(RequestBudget budget, String caller) {
        return budget.acquire(RequestKind.PUT_VM, Urgency.CREATE, Duration.ofSeconds(5), caller);
    }

    @Test
    void aServerThatSaysNoneAreLeftSlowsUsDown() {
        RequestBudget budget = budget(RequestRates.PUBLISHED);
        budget.heed(answer("x-ms-ratelimit-remaining-subscription-writes", "0"));
        refused(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO));
        granted(acquire(budget, RequestKind.GET_VM, Urgency.READ, Duration.ZERO))
                .close();
        clock.advance(Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                    .close();
        }
        refused(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO));
    }

    @Test
    void theProvidersBucketsAreHeededAndOneMachinesAreNot() {
        RequestBudget budget = budget(RequestRates.PUBLISHED);
        budget.heed(answer(
                "x-ms-ratelimit-remaining-resource",
                "Microsoft.Compute/GetOperationSubscriptionMaximum;14000,Microsoft.Compute/GetOperationResource;0"));
        granted(acquire(budget, RequestKind.POLL_OPERATION, Urgency.READ, Duration.ZERO))
                .close();
        budget.heed(answer("x-ms-ratelimit-remaining-resource", "Microsoft.Compute/HighCostGet3Min;0"));
        refused(acquire(budget, RequestKind.LIST_VMS, Urgency.READ, Duration.ZERO));
        granted(acquire(budget, RequestKind.GET_VM, Urgency.READ, Duration.ZERO))
                .close();
    }

    @Test
    void nonsenseInHeadersIsNotHeeded() {
        RequestBudget budget = budget(RequestRates.PUBLISHED);
        budget.heed(answer("x-ms-ratelimit-remaining-resource", ";;,,Microsoft.Compute/PutVM;x,PutVM,Strange;0"));
        budget.heed(answer("x-ms-ratelimit-remaining-subscription-reads", ""));
        granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                .close();
        granted(acquire(budget, RequestKind.GET_VM, Urgency.READ, Duration.ZERO))
                .close();
    }

    @Test
    void aPauseIsKeptToItsEndAndTellsHowLongItIs() {
        RequestBudget budget = budget(RequestRates.PUBLISHED);
        budget.pause(RequestBucket.PUT_VM, Duration.ofMinutes(20));
        assertThat(refused(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, PATIENCE)))
                .isEqualTo(Duration.ofMinutes(20));
        granted(acquire(budget, RequestKind.DELETE_VM, Urgency.DELETE, PATIENCE))
                .close();
        budget.pause(RequestBucket.PUT_VM, Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(19));
        assertThat(refused(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO)))
                .isBetween(Duration.ofMinutes(1), Duration.ofSeconds(61));
        clock.advance(Duration.ofMinutes(1));
        granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                .close();
    }

    @Test
    void itSaysWhetherAzureWantsNoneOrOthersOfOursComeFirst() {
        RequestBudget budget = budget(narrow(RequestBucket.ARM_WRITES, 1, 0.001));
        granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                .close();
        assertThat(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.byAzure()).isFalse());
        budget.pause(RequestBucket.PUT_VM, Duration.ofMinutes(1));
        assertThat(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ZERO))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        refused -> assertThat(refused.byAzure()).isTrue());
    }

    @Test
    void behindCallsThatGetNoAnswerOnlyAFewWait() {
        RequestBudget budget = budget(RequestRates.PUBLISHED.withConcurrency(1));
        Admission.Permit unanswered = granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, PATIENCE));
        List<Future<Admission>> waiting = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            waiting.add(threads.submit(() -> acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, PATIENCE)));
        }
        await().until(() -> budget.waiting() == 17);

        clock.advance(Duration.ofSeconds(2));
        assertThat(refused(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, PATIENCE)))
                .isEqualTo(Duration.ofSeconds(5));
        assertThat(waiting).noneMatch(Future::isDone);

        unanswered.close();
        await().until(() -> waiting.stream().filter(Future::isDone).count() == 1);
        granted(waiting.stream()
                .filter(Future::isDone)
                .findFirst()
                .orElseThrow()
                .resultNow());
    }

    @Test
    void whoeverIsInterruptedLeavesTheLine() {
        RequestBudget budget = budget(narrow(RequestBucket.PUT_VM, 1, 0.001));
        granted(acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, PATIENCE)).close();
        Thread waiting = Thread.ofVirtual()
                .start(() -> acquire(budget, RequestKind.PUT_VM, Urgency.CREATE, Duration.ofHours(1)));
        await().until(() -> budget.waiting() == 1);
        waiting.interrupt();
        await().until(() -> budget.waiting() == 0);
    }

    @Test
    void aClockThatStepsBackGivesNothingAway() {
        TokenBucket bucket = new TokenBucket(new Rate(1, 1), clock.instant());
        bucket.take(clock.instant());
        assertThat(bucket.has(clock.instant().minusSeconds(3_600))).isFalse();
        assertThat(bucket.has(clock.instant().minusSeconds(3_599))).isTrue();
    }

    /** A call of another kind, at which the budget looks whose turn time has brought. */
    private static void somebodyReads(RequestBudget budget) {
        granted(budget.acquire(RequestKind.GET_VM, Urgency.READ, Duration.ZERO, "reader"))
                .close();
    }

    private static ApiAnswer answer(String header, String value) {
        return new ApiAnswer(200, Headers.of(header, value), new byte[0]);
    }
}
