package dev.shedmaster.suite.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.UnavailableOffering;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.lab.azure.arm.CallLog;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.azure.fault.ErrorPlace;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.Manifests;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * One answer of Azure of each class, all in one world at a time: a pool, and where an answer speaks of a whole account an
 * account too, for each. Every job runs in the end, and what was made of the answer on the way is told by Azure's own books.
 */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class AzureAnswersTest {
    private static final String SHARED = "azure";
    private static final String SIZE = "Standard_D8ds_v5";
    private static final String OTHER_SIZE = "Standard_D8ads_v6";
    private static final int CREATED = 201;
    private static final int IS_THERE = 412;
    private static final Duration SOON = Duration.ofSeconds(2);

    /** A way to get a machine; {@code own} is the case's own account. */
    private record Offer(boolean own, String size, String priority) {
        static Offer own(String size, String priority) {
            return new Offer(true, size, priority);
        }

        static Offer shared(String size, String priority) {
            return new Offer(false, size, priority);
        }
    }

    /** What follows from an answer. */
    private sealed interface Treatment {

        /**
         * The same worker asks for another offering at once, without those that the answer speaks of too, and the account says
         * what cannot be had.
         *
         * @param got the place in the list of what the machine is made of
         * @param unavailable the beginning of what the account says
         */
        record AsksElsewhere(int got, String unavailable) implements Treatment {}

        /** The same worker asks for the same again. */
        record AsksAgain() implements Treatment {}

        /** The worker fails and says which field is to be changed, and the next one asks anew. */
        record Fails(String field) implements Treatment {}
    }

    /** An answer to the first call for a machine of a pool of that name. */
    private record Answer(String pool, KnownError error, Treatment treatment, List<Offer> offers) {
        static Answer of(String pool, KnownError error, Treatment treatment, Offer... offers) {
            return new Answer(
                    pool,
                    error,
                    treatment,
                    offers.length > 0 ? List.of(offers) : List.of(Offer.shared(SIZE, "OnDemand")));
        }

        String ownAccount() {
            return pool + "-account";
        }

        boolean hasOwnAccount() {
            return offers.stream().anyMatch(Offer::own);
        }

        boolean isOf(String machine) {
            return machine.matches("sm-" + pool + "-[a-z2-7]+");
        }
    }

    private static final List<Answer> ANSWERS = List.of(
            // Quota: of a region for what is on demand, of a region for Spot, of the subscription.
            Answer.of(
                    "region-quota",
                    KnownError.REGIONAL_QUOTA,
                    new Treatment.AsksElsewhere(2, "all OnDemand"),
                    Offer.own(SIZE, "OnDemand"),
                    Offer.own(OTHER_SIZE, "OnDemand"),
                    Offer.own(SIZE, "Spot")),
            Answer.of(
                    "spot-quota",
                    KnownError.SPOT_QUOTA,
                    new Treatment.AsksElsewhere(2, "all Spot"),
                    Offer.own(SIZE, "Spot"),
                    Offer.own(OTHER_SIZE, "Spot"),
                    Offer.own(SIZE, "OnDemand")),
            Answer.of(
                    "subscription-quota",
                    KnownError.SUBSCRIPTION_QUOTA,
                    new Treatment.AsksElsewhere(2, "everything"),
                    Offer.own(SIZE, "OnDemand"),
                    Offer.own(SIZE, "Spot"),
                    Offer.shared(OTHER_SIZE, "OnDemand")),
            // Room: of the network, of one size.
            Answer.of(
                    "subnet",
                    KnownError.SUBNET_FULL,
                    new Treatment.AsksElsewhere(2, "everything in network"),
                    Offer.own(SIZE, "OnDemand"),
                    Offer.own(SIZE, "Spot"),
                    Offer.shared(OTHER_SIZE, "OnDemand")),
            // Room for the subscription: in the whole region.
            Answer.of(
                    "disallowed",
                    KnownError.REGION_DISALLOWED,
                    new Treatment.AsksElsewhere(1, "everything"),
                    Offer.own(SIZE, "OnDemand"),
                    Offer.shared(SIZE, "OnDemand")),
            Answer.of(
                    "spot-price",
                    KnownError.SPOT_PRICE,
                    new Treatment.AsksElsewhere(1, SIZE + " Spot"),
                    Offer.shared(SIZE, "Spot"),
                    Offer.shared(SIZE, "OnDemand")),
            // What passes by itself, and a conflict with what turns out not to be there.
            Answer.of("address", KnownError.PRIVATE_IP_TAKEN, new Treatment.AsksAgain()),
            Answer.of("busy", KnownError.BUSY, new Treatment.AsksAgain()),
            Answer.of("conflict", KnownError.PROPERTY_CHANGE, new Treatment.AsksAgain()),
            // A right that is missing: of the whole account.
            Answer.of(
                    "right",
                    KnownError.AUTHORIZATION_FAILED,
                    new Treatment.AsksElsewhere(1, "everything"),
                    Offer.own(SIZE, "OnDemand"),
                    Offer.shared(SIZE, "OnDemand")),
            // What a person must change: in the pool, in the subscription.
            Answer.of("parameter", KnownError.INVALID_PARAMETER, new Treatment.Fails("placements")),
            Answer.of("image", KnownError.PLATFORM_IMAGE, new Treatment.Fails("image")),
            Answer.of("plan", KnownError.MARKETPLACE_INPUT, new Treatment.Fails("image.plan")),
            Answer.of("policy", KnownError.POLICY, new Treatment.Fails("placements")),
            Answer.of("disabled", KnownError.SUBSCRIPTION_DISABLED, new Treatment.Fails("subscriptionId")),
            Answer.of("locked", KnownError.LOCKED, new Treatment.Fails("resourceGroup")));

    @Test
    void eachClassOfAnswerIsTreatedAsWhatItIs(Trial trial) {
        World world = trial.served();
        Fleet fleet = Fleet.of(world).connected();
        for (Answer answer : ANSWERS) {
            world.lab()
                    .azure()
                    .post(Fault.once(
                            new FaultEffect.Refuse(answer.error(), null, null, SOON),
                            FaultScope.of(AzureCall.PUT_VM).named("sm-" + answer.pool() + "-[a-z2-7]+")));
            if (answer.hasOwnAccount()) {
                world.apply(Manifests.azure(world.lab())
                        .replace("metadata: {name: azure}", "metadata: {name: " + answer.ownAccount() + "}"));
            }
            fleet.with(pool(world, answer));
            world.lab().jenkins().enqueue(Batch.freestyle(answer.pool(), 1, answer.pool(), Duration.ofSeconds(1)));
        }
        assertAll(Stream.concat(
                ANSWERS.stream()
                        .<Executable>map(
                                answer -> () -> Builds.of(world, answer.pool()).awaitSuccess(1)),
                ANSWERS.stream().map(answer -> check(fleet, answer))));
    }

    @Test
    void aFullZoneThatIsToldOfLateLeadsToTheNextZone(Trial trial) {
        World world = trial.served();
        world.lab()
                .azure()
                .post(Fault.once(
                        new FaultEffect.FailLater(KnownError.ZONAL_ALLOCATION_FAILED),
                        FaultScope.of(AzureCall.PUT_VM)));
        PoolText pool = PoolText.named("pool").placement(world, "main", SIZE, "OnDemand");
        Fleet fleet = Fleet.of(world)
                .connected()
                .with(PoolText.named("pool")
                        .placement(pool.placements().getFirst().replace("priority:", "zones: ['1', '2'], priority:")));
        world.lab().jenkins().enqueue(Batch.freestyle("build", 1, "amd64", Duration.ofSeconds(1)));
        Builds.of(world, "build").awaitSuccess(1);
        assertThat(fleet.lives()).extracting(LifeRecord::zone).containsExactly("1", "2");
        awaitUnavailable(world, SHARED, SIZE + " zone 1");
    }

    private static PoolText pool(World world, Answer answer) {
        PoolText pool = PoolText.named(answer.pool()).labels(answer.pool()).lifecycle("maxJobs: 1, keepFailedFor: 10m");
        PoolText plain = pool;
        for (int i = 0; i < answer.offers().size(); i++) {
            Offer offer = answer.offers().get(i);
            String placement = plain.placement(world, "way-" + i, offer.size(), offer.priority())
                    .placements()
                    .getLast();
            pool = pool.placement(
                    offer.own()
                            ? placement.replace(
                                    "subscriptionRef: {name: azure}",
                                    "subscriptionRef: {name: " + answer.ownAccount() + "}")
                            : placement);
        }
        return pool;
    }

    private static Executable check(Fleet fleet, Answer answer) {
        return () -> {
            List<CallLog.Creation> calls = fleet.world().lab().azure().calls().creations().stream()
                    .filter(call -> answer.isOf(call.name()))
                    .toList();
            assertThat(calls)
                    .as("calls for a machine of pool %s", answer.pool())
                    .extracting(CallLog.Creation::status)
                    .startsWith(status(answer.error()), CREATED)
                    // Whoever has missed the answer asks once more, and is told that it is there.
                    .isSubsetOf(status(answer.error()), CREATED, IS_THERE);
            boolean sameWorker = calls.get(0).name().equals(calls.get(1).name());
            assertThat(sameWorker)
                    .as("the same worker of pool %s asks again", answer.pool())
                    .isEqualTo(!(answer.treatment() instanceof Treatment.Fails));
            switch (answer.treatment()) {
                case Treatment.AsksElsewhere(int got, String unavailable) -> {
                    Offer expected = answer.offers().get(got);
                    assertThat(fleet.lives())
                            .as("machines of pool %s", answer.pool())
                            .filteredOn(life -> answer.isOf(life.name()))
                            .extracting(LifeRecord::size, LifeRecord::priority)
                            .containsExactly(
                                    tuple(expected.size(), expected.priority().equals("Spot") ? "Spot" : "Regular"));
                    String account = answer.hasOwnAccount() ? answer.ownAccount() : SHARED;
                    awaitUnavailable(fleet.world(), account, unavailable);
                }
                case Treatment.AsksAgain() ->
                    assertThat(fleet.workersIn(WorkerPhase.FAILED))
                            .as("failed workers of pool %s", answer.pool())
                            .noneMatch(
                                    worker -> answer.isOf(worker.getMetadata().getName()));
                case Treatment.Fails(String field) ->
                    fleet.awaitWorker(calls.getFirst().name(), status -> {
                        assertThat(status.phase()).isEqualTo(WorkerPhase.FAILED);
                        assertThat(status.message())
                                .contains(field + ": ")
                                .contains(answer.error().faultName());
                    });
            }
        };
    }

    private static int status(KnownError error) {
        return error.in(ErrorPlace.of("", "", "")).status();
    }

    private static void awaitUnavailable(World world, String account, String beginning) {
        await(account + " says that " + beginning + " cannot be had")
                .atMost(Trial.PATIENCE)
                .untilAsserted(() -> assertThat(world.all(AzureSubscription.class)
                                .withName(account)
                                .require()
                                .getStatus()
                                .unavailable())
                        .extracting(UnavailableOffering::offering)
                        .anyMatch(told -> told.startsWith(beginning) && told.endsWith("/" + account)));
    }
}
