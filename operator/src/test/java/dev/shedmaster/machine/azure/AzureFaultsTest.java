package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.estate.CapacityRule;
import dev.shedmaster.lab.azure.estate.Quotas;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultEffect.Throttle.Source;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.MachineState.Phase;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that Azure does wrong, by the stand-in's switches. */
class AzureFaultsTest {
    private static final String NAME = "sm-pool-aaaaaaaa";
    private static final Duration LONG = Duration.ofMinutes(5);

    private @Nullable AzureLab opened;

    private AzureLab lab() {
        AzureLab lab = opened;
        if (lab == null) {
            lab = new AzureLab();
            opened = lab;
        }
        return lab;
    }

    private AzureLab lab(
            java.util.function.UnaryOperator<Options> options, java.util.function.UnaryOperator<AzureAccount> account) {
        AzureLab lab = new AzureLab(options, account);
        opened = lab;
        return lab;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(PortError error) -> fail(error.toString());
        };
    }

    private static PortError failed(Outcome<?> outcome) {
        return outcome instanceof Outcome.Failed<?>(PortError error)
                ? error
                : fail("expected a failure, got " + outcome);
    }

    private static MachineState state(Map<String, MachineState> states, String name) {
        MachineState state = states.get(name);
        return state == null ? fail("no " + name + " in " + states) : state;
    }

    private MachineOrder order() {
        return lab().order(NAME, "uid", AzureLab.onDemand("1"));
    }

    private int orphans() {
        var totals = lab().azure().report().totals();
        return totals.orphanedNics() + totals.orphanedDisks() + totals.orphanedPublicIps();
    }

    // ---- refusals at once

    static Stream<KnownError> refusalsAtOnce() {
        return Stream.of(KnownError.values())
                .filter(error ->
                        !error.comesLater() && error != KnownError.PRECONDITION && error != KnownError.PROPERTY_CHANGE);
    }

    @ParameterizedTest
    @MethodSource("refusalsAtOnce")
    void aRefusalIsClassifiedAndLeavesNothingBehind(KnownError error) {
        lab().azure().post(Fault.once(new FaultEffect.Refuse(error), FaultScope.of(AzureCall.PUT_VM)));
        PortError seen = failed(lab().provider().create(order()));
        assertThat(seen).isInstanceOf(expected(error));
        assertThat(lab().azure().report().totals().machines()).isZero();
        assertThat(orphans()).isZero();
    }

    private static Class<? extends PortError> expected(KnownError error) {
        return switch (error) {
            case SPOT_QUOTA, FAMILY_QUOTA, REGIONAL_QUOTA, SUBSCRIPTION_QUOTA, PUBLIC_IP_LIMIT ->
                PortError.QuotaExceeded.class;
            case SKU_NOT_AVAILABLE, SPOT_PRICE, SUBNET_FULL -> PortError.CapacityExhausted.class;
            case MAX_PRICE_INVALID,
                    SPOT_NOT_ENABLED,
                    SPOT_NOT_FOR_SIZE,
                    PLATFORM_IMAGE,
                    GALLERY_IMAGE,
                    MARKETPLACE_ELIGIBILITY,
                    MARKETPLACE_INPUT -> PortError.Invalid.class;
            case PRIVATE_IP_TAKEN, NIC_RESERVED, NETWORK_BUSY -> PortError.Throttled.class;
            case BUSY -> PortError.Transient.class;
            case AUTHORIZATION_FAILED -> PortError.Unauthorized.class;
            default -> fail("the table has a row that this test does not know: " + error);
        };
    }

    @Test
    void aFullQuotaIsSeenBeforeItIsAskedFor() {
        AzureLab lab = lab(
                options -> options.withQuotas(Quotas.plenty().withFamilyCores("standardDDSv5Family", 16)),
                account -> account);
        done(lab.provider().verify());
        done(lab.provider().create(lab.order("sm-pool-aaaaaaaa", "1", AzureLab.onDemand("1"))));
        done(lab.provider().create(lab.order("sm-pool-bbbbbbbb", "2", AzureLab.onDemand("1"))));
        PortError third = failed(lab.provider().create(lab.order("sm-pool-cccccccc", "3", AzureLab.onDemand("1"))));
        assertThat(third)
                .isInstanceOfSatisfying(
                        PortError.QuotaExceeded.class,
                        quota -> assertThat(quota.blockage().scope())
                                .isEqualTo(new Blockage.FamilyFrom(
                                        AzureLab.ACCOUNT, "standardDDSv5Family", CapacityType.ON_DEMAND, 8)));
        assertThat(lab.azure().calls().creations()).hasSize(2);
    }

    @Test
    void quotaThatWasFreedIsNoticedBeforeAMachineIsBarred() {
        AzureLab lab = lab(
                options -> options.withQuotas(Quotas.plenty().withFamilyCores("standardDDSv5Family", 8)),
                account -> account);
        done(lab.provider().create(lab.order("sm-pool-aaaaaaaa", "1", AzureLab.onDemand("1"))));
        lab.advance(LONG);
        done(lab.provider().verify());
        failed(lab.provider().create(lab.order("sm-pool-bbbbbbbb", "2", AzureLab.onDemand("1"))));
        done(lab.provider().delete("sm-pool-aaaaaaaa"));
        lab.advance(LONG);
        done(lab.provider().create(lab.order("sm-pool-bbbbbbbb", "2", AzureLab.onDemand("1"))));
    }

    @Test
    void quotaThatCannotBeReadBarsNothing() {
        lab().azure()
                .post(Fault.always(
                        new FaultEffect.Refuse(KnownError.AUTHORIZATION_FAILED), FaultScope.of(AzureCall.GET_USAGES)));
        done(lab().provider().verify());
        done(lab().provider().create(order()));
    }

    @Test
    void theUsersOwnLimitHoldsWhenManyAskAtOnce() {
        AzureLab lab = lab(
                options -> options,
                account -> new AzureAccount(
                        account.name(),
                        account.installation(),
                        account.subscriptionId(),
                        account.resourceGroup(),
                        account.location(),
                        account.endpoints(),
                        account.auth(),
                        new AzureAccount.Limits(null, 5),
                        account.rates(),
                        null,
                        null));
        List<String> names = new ArrayList<>();
        for (char letter = 'a'; letter < 'a' + 16; letter++) {
            names.add("sm-pool-" + String.valueOf(letter).repeat(8));
        }
        Map<String, Outcome<AcceptedMachine>> answers =
                FanOut.map(names, name -> lab.provider().create(lab.order(name, name, AzureLab.spot("2"))));
        assertThat(answers.values().stream().filter(Outcome.Done.class::isInstance))
                .hasSize(5);
        assertThat(lab.azure().report().totals().machines()).isEqualTo(5);
    }

    // ---- refusals through the operation

    static Stream<KnownError> refusalsLater() {
        return Stream.of(
                KnownError.ZONAL_ALLOCATION_FAILED,
                KnownError.ALLOCATION_FAILED,
                KnownError.OVERCONSTRAINED_ZONAL,
                KnownError.OVERCONSTRAINED);
    }

    @ParameterizedTest
    @MethodSource("refusalsLater")
    void aLaterRefusalIsToldWithItsScopeAndItsRemainsCanBeDeleted(KnownError error) {
        lab().azure().post(Fault.once(new FaultEffect.FailLater(error), FaultScope.of(AzureCall.PUT_VM)));
        AcceptedMachine accepted = done(lab().provider().create(order()));
        lab().advance(LONG);
        for (int i = 0; i < 2; i++) {
            MachineState state = state(done(lab().provider().observe(Map.of(NAME, accepted.operation()))), NAME);
            assertThat(state.phase()).isEqualTo(Phase.FAILED);
            assertThat(state.failure())
                    .isInstanceOfSatisfying(
                            PortError.CapacityExhausted.class,
                            capacity -> assertThat(capacity.blockage().scope().covers(AzureLab.onDemand("1")))
                                    .isTrue());
            lab().advance(Duration.ofSeconds(10));
        }
        done(lab().provider().delete(NAME));
        lab().advance(LONG);
        assertThat(lab().azure().report().totals().machines()).isZero();
        assertThat(orphans()).isZero();
    }

    @Test
    void anOperatorThatForgotTheOperationReadsTheReasonFromTheMachine() {
        lab().azure()
                .post(Fault.once(
                        new FaultEffect.FailLater(KnownError.ZONAL_ALLOCATION_FAILED),
                        FaultScope.of(AzureCall.PUT_VM)));
        done(lab().provider().create(order()));
        lab().advance(LONG);
        MachineState state = state(done(lab().provider(account -> account).observe(Map.of())), NAME);
        assertThat(state.phase()).isEqualTo(Phase.FAILED);
        assertThat(state.failure())
                .isInstanceOfSatisfying(
                        PortError.CapacityExhausted.class,
                        capacity -> assertThat(capacity.blockage().scope())
                                .isEqualTo(new Blockage.SizeAt(AzureLab.ACCOUNT, "Standard_D8ds_v5", "1", null)));
    }

    @Test
    void spotIsOutAndTheNextRungOfTheLadderIsAskedAtOnce() {
        AzureLab lab = lab(
                options -> options.withCapacity(List.of(CapacityRule.of(
                        FaultScope.everything()
                                .withPriority(dev.shedmaster.lab.azure.call.CallFacts.Priority.SPOT)
                                .inZone("1"),
                        0))),
                account -> account);
        PortError out = failed(lab.provider().create(lab.order(NAME, "uid", AzureLab.spot("1"))));
        assertThat(out).isInstanceOfSatisfying(PortError.CapacityExhausted.class, capacity -> {
            assertThat(capacity.blockage().scope().covers(AzureLab.spot("1"))).isTrue();
            assertThat(capacity.blockage().scope().covers(AzureLab.spot("2"))).isFalse();
            assertThat(capacity.blockage().scope().covers(AzureLab.onDemand("1")))
                    .isFalse();
        });
        done(lab.provider().create(lab.order(NAME, "uid", AzureLab.spot("2"))));
    }

    @Test
    void aGuestThatReportsLateStillWorks() {
        lab().azure().post(Fault.once(new FaultEffect.NeverReady(), FaultScope.of(AzureCall.PUT_VM)));
        AcceptedMachine accepted = done(lab().provider().create(order()));
        Map<String, String> followed = Map.of(NAME, accepted.operation());
        lab().advance(Duration.ofMinutes(39));
        assertThat(state(done(lab().provider().observe(followed)), NAME).phase())
                .isEqualTo(Phase.RUNNING);
        lab().advance(Duration.ofMinutes(3));
        assertThat(state(done(lab().provider().observe(followed)), NAME).phase())
                .isEqualTo(Phase.RUNNING);
        assertThat(done(lab().provider().inspect(NAME)).phase()).isEqualTo(Phase.RUNNING);
    }

    // ---- lost and broken answers

    @Test
    void anAnswerThatIsLostAfterItsEffectMakesNoSecondMachine() {
        lab().azure().post(Fault.once(new FaultEffect.LoseResponse(), FaultScope.of(AzureCall.PUT_VM)));
        assertThat(failed(lab().provider().create(order()))).isInstanceOf(PortError.Transient.class);
        AcceptedMachine again = done(lab().provider().create(order()));
        assertThat(again.operation()).isEmpty();
        lab().advance(LONG);
        assertThat(state(done(lab().provider().observe(Map.of(NAME, ""))), NAME).phase())
                .isEqualTo(Phase.RUNNING);
        assertThat(lab().azure().report().totals().machines()).isEqualTo(1);
    }

    @Test
    void aConnectionThatBreaksBeforeAnyEffectIsTriedAgainByTheCaller() {
        lab().azure().post(Fault.once(new FaultEffect.Reset(), FaultScope.of(AzureCall.PUT_VM)));
        assertThat(failed(lab().provider().create(order()))).isInstanceOf(PortError.Transient.class);
        assertThat(lab().azure().report().totals().machines()).isZero();
        assertThat(done(lab().provider().create(order())).operation()).isNotEmpty();
    }

    @Test
    void aDeletionWhoseAnswerIsLostIsDoneWhenRepeated() {
        done(lab().provider().create(order()));
        lab().advance(LONG);
        lab().azure().post(Fault.once(new FaultEffect.LoseResponse(), FaultScope.of(AzureCall.DELETE_VM)));
        assertThat(failed(lab().provider().delete(NAME))).isInstanceOf(PortError.Transient.class);
        assertThat(done(lab().provider().delete(NAME))).isEqualTo(Nothing.NOTHING);
        lab().advance(LONG);
        assertThat(lab().azure().report().totals().machines()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = AzureCall.class,
            names = {"PUT_VM", "LIST_VMS", "GET_VM"})
    void aBrokenGatewayIsTransient(AzureCall call) {
        lab().azure().post(Fault.always(new FaultEffect.BrokenServer(502, true, null), FaultScope.of(call)));
        Outcome<?> outcome = switch (call) {
            case PUT_VM -> lab().provider().create(order());
            case LIST_VMS -> lab().provider().observe(Map.of());
            default -> lab().provider().inspect(NAME);
        };
        assertThat(failed(outcome)).isInstanceOf(PortError.Transient.class);
    }

    // ---- throttling

    @ParameterizedTest
    @EnumSource(Source.class)
    void aThrottleIsHonouredAndStopsOnlyItsOwnKindOfCall(Source source) {
        done(lab().provider().create(lab().order("sm-pool-bbbbbbbb", "other", AzureLab.spot("1"))));
        lab().azure()
                .post(Fault.once(
                        new FaultEffect.Throttle(source, Duration.ofMinutes(5)), FaultScope.of(AzureCall.PUT_VM)));
        assertThat(failed(lab().provider().create(order())))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMinutes(5)));
        int calls = lab().azure().calls().creations().size();
        assertThat(failed(lab().provider().create(order())))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofMinutes(5)));
        assertThat(lab().azure().calls().creations()).hasSize(calls);
        done(lab().provider().delete("sm-pool-bbbbbbbb"));
        lab().advance(Duration.ofMinutes(5));
        done(lab().provider().create(order()));
    }

    @Test
    void aThrottleWithoutATimeWaitsAUsualOne() {
        lab().azure().post(Fault.once(new FaultEffect.Throttle(Source.COMPUTE, null), FaultScope.of(AzureCall.PUT_VM)));
        assertThat(failed(lab().provider().create(order())))
                .isInstanceOfSatisfying(
                        PortError.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(30)));
        lab().advance(Duration.ofSeconds(30));
        done(lab().provider().create(order()));
    }

    @Test
    void theDocumentedLimitsAreNeverExceeded() {
        AzureLab lab = lab(options -> options.withPageSize(20), account -> account);
        List<MachineOrder> orders = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String name = "sm-pool-aaaaa" + Character.toString('a' + i / 26) + Character.toString('a' + i % 26) + "a";
            orders.add(lab.order(name, name, AzureLab.spot("1")));
        }
        Map<String, String> followed = new HashMap<>();
        FanOut.map(orders, order -> lab.provider().create(order))
                .forEach((order, outcome) ->
                        followed.put(order.name(), done(outcome).operation()));
        for (int i = 0; i < 60; i++) {
            lab.advance(Duration.ofSeconds(2));
            assertThat(done(lab.provider().observe(followed))).hasSize(120);
        }
        assertThat(done(lab.provider().observe(followed)).values())
                .allSatisfy(state -> assertThat(state.phase()).isEqualTo(Phase.RUNNING));
        FanOut.map(orders, order -> lab.provider().delete(order.name()))
                .values()
                .forEach(AzureFaultsTest::done);
        lab.advance(LONG);
        assertThat(done(lab.provider().observe(Map.of()))).isEmpty();
        assertThat(orphans()).isZero();
        lab.azure()
                .calls()
                .counts()
                .forEach(
                        (call, byStatus) -> assertThat(byStatus).as(call.name()).doesNotContainKey(429));
    }

    // ---- what lists and operations do not tell

    @Test
    void aMachineThatTheListDoesNotShowYetIsNotGone() {
        lab().azure()
                .post(Fault.always(new FaultEffect.ListLag(Duration.ofMinutes(30)), FaultScope.of(AzureCall.LIST_VMS)));
        AcceptedMachine accepted = done(lab().provider().create(order()));
        Map<String, String> followed = Map.of(NAME, accepted.operation());
        assertThat(state(done(lab().provider().observe(followed)), NAME).phase())
                .isEqualTo(Phase.CREATING);
        lab().advance(LONG);
        assertThat(state(done(lab().provider().observe(followed)), NAME).phase())
                .isEqualTo(Phase.RUNNING);
        assertThat(done(lab().provider().inspect(NAME)).phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void aForgottenOperationKillsNothing() {
        lab().azure().post(Fault.always(new FaultEffect.ForgetOperation(), FaultScope.of(AzureCall.GET_OPERATION)));
        AcceptedMachine accepted = done(lab().provider().create(order()));
        lab().advance(LONG);
        Map<String, String> followed = Map.of(NAME, accepted.operation());
        assertThat(state(done(lab().provider().observe(followed)), NAME).phase())
                .isEqualTo(Phase.RUNNING);
    }

    @Test
    void anOperationsAddressThatLeadsElsewhereIsNotFollowed() {
        done(lab().provider().create(order()));
        lab().advance(LONG);
        Map<String, String> followed = Map.of(NAME, "https://example.org/steal");
        assertThat(state(done(lab().provider().observe(followed)), NAME).phase())
                .isEqualTo(Phase.RUNNING);
    }

    @Test
    void anInstanceViewThatIsNotFoundIsNoMachineThatIsGone() {
        done(lab().provider().create(order()));
        lab().advance(LONG);
        lab().azure().post(Fault.always(new FaultEffect.HideInstanceView(), FaultScope.everything()));
        assertThat(done(lab().provider().inspect(NAME)).phase()).isEqualTo(Phase.RUNNING);
        assertThat(state(done(lab().provider().observe(Map.of())), NAME).phase())
                .isEqualTo(Phase.RUNNING);
    }

    @Test
    void anEvictedMachineIsGoneWithAllThatBelongedToIt() {
        done(lab().provider().create(lab().order(NAME, "uid", AzureLab.spot("1"))));
        lab().advance(LONG);
        lab().azure().evict(NAME);
        assertThat(done(lab().provider().observe(Map.of()))).isEmpty();
        assertThat(failed(lab().provider().inspect(NAME))).isInstanceOf(PortError.NotFound.class);
        assertThat(orphans()).isZero();
    }

    @Test
    void powerIsSeenWithoutRightsOnTheSubscription() {
        lab().azure()
                .post(Fault.always(
                        new FaultEffect.Refuse(KnownError.AUTHORIZATION_FAILED),
                        FaultScope.of(AzureCall.LIST_ALL_VMS)));
        done(lab().provider().create(order()));
        lab().advance(LONG);
        done(lab().provider().observe(Map.of()));
        lab().endAgent(NAME);
        lab().advance(LONG);
        assertThat(state(done(lab().provider().observe(Map.of())), NAME).phase())
                .isEqualTo(Phase.STOPPED);
    }

    // ---- leaks

    @Test
    void whatADeletionLeavesIsFoundAndCollected() {
        MachineOrder order = lab().order(NAME, "uid", AzureLab.onDemand("1"), lab().flatcarOnManagedDisk());
        done(lab().provider().create(order));
        lab().advance(LONG);
        String detach = """
                {"properties": {"storageProfile": {"osDisk": {"deleteOption": "Detach"}}, "networkProfile": {
                  "networkInterfaces": [{"id": "%s", "properties": {"primary": true, "deleteOption": "Detach"}}]}}}
                """.formatted(nicId());
        assertThat(lab().raw("PATCH", lab().machinePath(NAME) + "?api-version=2025-04-01", detach)
                        .statusCode())
                .isEqualTo(200);
        done(lab().provider().delete(NAME));
        lab().advance(LONG);
        assertThat(orphans()).isPositive();
        for (int round = 0; round < 3; round++) {
            Set<Leftover> left = done(lab().provider().leftovers(Set.of()));
            left.forEach(leftover -> {
                assertThat(leftover.worker()).isEqualTo("ci/" + NAME);
                done(lab().provider().collect(leftover));
            });
            lab().advance(LONG);
        }
        assertThat(done(lab().provider().leftovers(Set.of()))).isEmpty();
        var totals = lab().azure().report().totals();
        assertThat(totals.nics() + totals.disks() + totals.publicIps()).isZero();
    }

    private String nicId() {
        String body = lab().raw("GET", lab().machinePath(NAME) + "?api-version=2025-04-01", null)
                .body();
        return Json.read(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .path("properties")
                .path("networkProfile")
                .path("networkInterfaces")
                .path(0)
                .path("id")
                .asText();
    }

    @Test
    void whatAMachineStillUsesIsNoLeftoverOfItsOwn() {
        done(lab().provider().create(order()));
        lab().advance(LONG);
        assertThat(done(lab().provider().leftovers(Set.of())))
                .extracting(Leftover::kind)
                .containsExactly("virtual machine");
    }

    @Test
    void anotherInstallationsMachinesAreNotOurs() {
        done(lab().provider().create(order()));
        lab().advance(LONG);
        AzureMachineProvider other = lab().provider(account -> new AzureAccount(
                account.name(),
                "other-installation",
                account.subscriptionId(),
                account.resourceGroup(),
                account.location(),
                account.endpoints(),
                account.auth(),
                account.limits(),
                account.rates(),
                null,
                null));
        assertThat(done(other.observe(Map.of()))).isEmpty();
        assertThat(done(other.leftovers(Set.of()))).isEmpty();
        assertThat(failed(other.delete(NAME))).isInstanceOf(PortError.AlreadyExists.class);
        lab().advance(LONG);
        assertThat(lab().azure().report().totals().machines()).isEqualTo(1);
    }

    // ---- credentials

    @Test
    void aRevokedTokenIsReplacedUnseen() {
        done(lab().provider().verify());
        lab().azure().revokeTokens();
        done(lab().provider().verify());
    }

    @Test
    void aRefusedSecretStopsAllTraffic() {
        AzureMachineProvider wrong = lab().provider(account -> withAuth(
                account,
                new AzureAuth.ClientSecret(
                        lab().azure().options().account().tenantId(),
                        lab().azure().options().account().clientId(),
                        "not-the-secret")));
        PortError error = failed(wrong.verify());
        assertThat(error).isInstanceOf(PortError.Unauthorized.class);
        assertThat(error.message()).doesNotContain("not-the-secret");
        long calls = tokenCalls();
        lab().advance(Duration.ofHours(5));
        for (Outcome<?> outcome : List.of(wrong.create(order()), wrong.observe(Map.of()), wrong.delete(NAME))) {
            assertThat(failed(outcome)).isInstanceOf(PortError.Unauthorized.class);
        }
        assertThat(tokenCalls()).isEqualTo(calls);
        assertThat(lab().azure().calls().counts()).isEmpty();
        done(lab().provider().verify());
    }

    private double tokenCallsOf(String status) {
        return lab()
                .meters()
                .find("shedmaster.http.requests")
                .tag("operation", "get-token")
                .tag("status", status)
                .timers()
                .stream()
                .mapToLong(io.micrometer.core.instrument.Timer::count)
                .sum();
    }

    private long tokenCalls() {
        return lab().meters().find("shedmaster.http.requests").tag("operation", "get-token").timers().stream()
                .mapToLong(io.micrometer.core.instrument.Timer::count)
                .sum();
    }

    @Test
    void aTokenThatNobodyTakesIsTheCredentialsFault() {
        done(lab().provider().verify());
        lab().azure().post(Fault.always(new FaultEffect.RejectToken(), FaultScope.everything()));
        assertThat(failed(lab().provider().verify())).isInstanceOf(PortError.Unauthorized.class);
        lab().azure().faults().clear();
        assertThat(failed(lab().provider().verify())).isInstanceOf(PortError.Unauthorized.class);
        done(lab().provider(account -> account).verify());
    }

    @Test
    void anAuthorityThatIsDownDoesNotMatterWhileTheTokenIsGood() {
        done(lab().provider().verify());
        lab().azure()
                .post(Fault.always(
                        new FaultEffect.BrokenServer(503, false, null), FaultScope.of(AzureCall.AUTHORITY_TOKEN)));
        lab().advance(Duration.ofMinutes(55));
        done(lab().provider().verify());
        assertThat(tokenCallsOf("503")).isEqualTo(1);
        lab().advance(Duration.ofMinutes(6));
        assertThat(failed(lab().provider().verify())).isInstanceOf(PortError.Transient.class);
        lab().azure().faults().clear();
        done(lab().provider().verify());
    }

    @Test
    void anIdentityWithoutASecretIsAskedForAgainAfterAWhile() {
        AzureMachineProvider managed =
                lab().provider(account -> withAuth(account, new AzureAuth.ManagedIdentity(null)));
        lab().azure()
                .post(Fault.once(
                        new FaultEffect.RefuseToken(400, "invalid_request", "Identity not found"),
                        FaultScope.of(AzureCall.METADATA_TOKEN)));
        assertThat(failed(managed.verify())).isInstanceOf(PortError.Unauthorized.class);
        assertThat(failed(managed.verify())).isInstanceOf(PortError.Unauthorized.class);
        lab().advance(Duration.ofMinutes(5));
        done(managed.verify());
    }

    private static AzureAccount withAuth(AzureAccount account, AzureAuth auth) {
        return new AzureAccount(
                account.name(),
                account.installation(),
                account.subscriptionId(),
                account.resourceGroup(),
                account.location(),
                account.endpoints(),
                auth,
                account.limits(),
                account.rates(),
                null,
                null);
    }

    // ---- places

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(strings = {"kola-cluster-abc", "KOLA-Cluster"})
    void aGroupOfTheTestToolsIsRefusedBeforeAnyCall(String group) {
        AzureMachineProvider provider = lab().provider(account -> inGroup(account, group));
        for (Outcome<?> outcome : List.of(
                provider.verify(),
                provider.create(order()),
                provider.observe(Map.of()),
                provider.delete(NAME),
                provider.inspect(NAME),
                provider.leftovers(Set.of()))) {
            assertThat(failed(outcome)).isInstanceOfSatisfying(PortError.Invalid.class, invalid -> {
                assertThat(invalid.field()).isEqualTo("resourceGroup");
                assertThat(invalid.message()).contains(group).contains("kola-cluster");
            });
        }
        assertThat(lab().azure().calls().counts()).isEmpty();
    }

    @Test
    void aGroupThatDoesNotExistIsNamed() {
        AzureMachineProvider provider = lab().provider(account -> inGroup(account, "nowhere"));
        assertThat(failed(provider.verify()))
                .isInstanceOfSatisfying(
                        PortError.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("resourceGroup"));
    }

    private static AzureAccount inGroup(AzureAccount account, String group) {
        return new AzureAccount(
                account.name(),
                account.installation(),
                account.subscriptionId(),
                group,
                account.location(),
                account.endpoints(),
                account.auth(),
                account.limits(),
                account.rates(),
                null,
                null);
    }

    // ---- the machine itself

    @Test
    void theGuestFindsInItsBootDataWhatItsAgentNeeds() {
        done(lab().provider().create(order()));
        lab().advance(LONG);
        var agent = lab().agent(NAME);
        assertThat(agent.nodeName()).isEqualTo(NAME);
        assertThat(agent.jenkinsUrl()).hasToString("https://jenkins.example.org/");
        assertThat(agent.secret()).isEqualTo("ab".repeat(32));
        assertThat(agent.workDir()).isEqualTo("/var/lib/jenkins");
    }

    @Test
    void bootDataThatAreTooLongAreRefusedBeforeTheCall() {
        MachineOrder usual = order();
        Offering offering = usual.offering();
        MachineOrder tooLong = new MachineOrder(NAME, offering, usual.owner(), "x".repeat(65_536), usual.settings());
        assertThat(failed(lab().provider().create(tooLong)))
                .isInstanceOfSatisfying(
                        PortError.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("bootstrap"));
        assertThat(lab().azure().calls().creations()).isEmpty();
    }

    @Test
    void aSubnetThatDoesNotExistIsNamedByItsField() {
        AzureVmSettings usual = lab().flatcar();
        AzureVmSettings settings = new AzureVmSettings(
                usual.image(),
                usual.osDisk(),
                usual.subnetId() + "-gone",
                null,
                false,
                true,
                usual.securityType(),
                List.of(),
                Map.of(),
                usual.admin());
        assertThat(failed(lab().provider().create(lab().order(NAME, "uid", AzureLab.spot("1"), settings))))
                .isInstanceOfSatisfying(
                        PortError.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo("subnetId"));
    }
}
