package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.estate.CapacityRule;
import dev.shedmaster.lab.azure.estate.Quotas;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.MachineState.Phase;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Azure answers to an order, at once, later, or not at all. */
class AzureCreationFaultsTest extends AzureScenario {

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
            case SKU_NOT_AVAILABLE, REGION_DISALLOWED, SPOT_PRICE, SUBNET_FULL -> PortError.CapacityExhausted.class;
            case MAX_PRICE_INVALID,
                    SPOT_NOT_ENABLED,
                    SPOT_NOT_FOR_SIZE,
                    PLATFORM_IMAGE,
                    GALLERY_IMAGE,
                    MARKETPLACE_ELIGIBILITY,
                    INVALID_PARAMETER,
                    POLICY,
                    SUBSCRIPTION_DISABLED,
                    LOCKED,
                    MARKETPLACE_INPUT -> PortError.Invalid.class;
            case PRIVATE_IP_TAKEN, NIC_RESERVED, NETWORK_BUSY -> PortError.Throttled.class;
            case BUSY -> PortError.Transient.class;
            case AUTHORIZATION_FAILED -> PortError.Unauthorized.class;
            default -> fail("the table has a row that this test does not know: " + error);
        };
    }

    @Test
    void aFullSubnetBlocksNoOther() {
        lab().azure().post(Fault.once(new FaultEffect.Refuse(KnownError.SUBNET_FULL), FaultScope.of(AzureCall.PUT_VM)));
        Offering offering = AzureLab.spot("1").in("/subnets/one");
        assertThat(failed(lab().provider().create(lab().order(NAME, "1", offering))))
                .isInstanceOfSatisfying(
                        PortError.CapacityExhausted.class,
                        full -> assertThat(full.blockage().scope())
                                .isEqualTo(new Blockage.WholeNetwork(AzureLab.ACCOUNT, "/subnets/one")));
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
    void aFullQuotaIsNoProofThatAMachineWasNotMadeBefore() {
        AzureLab lab = lab(
                options -> options.withQuotas(Quotas.plenty().withFamilyCores("standardDDSv5Family", 8)),
                account -> account);
        lab.azure()
                .post(Fault.always(new FaultEffect.ListLag(Duration.ofMinutes(30)), FaultScope.of(AzureCall.LIST_VMS)));
        MachineOrder asked = lab.order("sm-pool-aaaaaaaa", "1", AzureLab.onDemand("1"));
        done(lab.provider().create(asked.asFirst()));
        lab.advance(Duration.ofSeconds(40));
        AzureMachineProvider restarted = lab.provider(account -> account);
        done(restarted.verify());
        assertThat(restarted.create(asked)).isInstanceOf(Outcome.Done.class);
        assertThat(failed(restarted.create(lab.order("sm-pool-bbbbbbbb", "2", AzureLab.onDemand("1")))))
                .as("of one that is not there it says so")
                .isInstanceOf(PortError.QuotaExceeded.class);
        assertThat(lab.azure().report().totals().machines()).isEqualTo(1);
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
        assertThat(failed(lab().provider().quotas())).isInstanceOf(PortError.Unauthorized.class);
        done(lab().provider().create(order()));
    }

    @Test
    void theUsersOwnLimitHoldsWhenManyAskAtOnce() {
        AzureLab lab = limitedTo(5);
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

    @Test
    void whatMayBeThereKeepsItsRoomThoughTheNextCallIsRefusedForTheRate() {
        AzureLab lab = limitedTo(1);
        lab.azure().post(Fault.once(new FaultEffect.LoseResponse(), FaultScope.of(AzureCall.PUT_VM)));
        MachineOrder asked = lab.order("sm-pool-aaaaaaaa", "a", AzureLab.spot("2"));
        assertThat(failed(lab.provider().create(asked))).isInstanceOf(PortError.Transient.class);
        lab.azure()
                .post(Fault.once(
                        new FaultEffect.Throttle(FaultEffect.Throttle.Source.COMPUTE, Duration.ofSeconds(3)),
                        FaultScope.of(AzureCall.PUT_VM)));
        assertThat(failed(lab.provider().create(asked))).isInstanceOf(PortError.Throttled.class);
        lab.advance(Duration.ofSeconds(3));

        assertThat(failed(lab.provider().create(lab.order("sm-pool-bbbbbbbb", "b", AzureLab.spot("2")))))
                .isInstanceOfSatisfying(
                        PortError.QuotaExceeded.class,
                        error -> assertThat(error.message()).contains("limits.workers"));
    }

    @Test
    void whatWasNeverAskedForHoldsNoRoomOnceTheRightIsGranted() {
        AzureLab lab = limitedTo(1);
        lab.azure()
                .post(Fault.once(
                        new FaultEffect.Refuse(KnownError.AUTHORIZATION_FAILED), FaultScope.of(AzureCall.PUT_VM)));
        MachineOrder gone = lab.order("sm-pool-aaaaaaaa", "a", AzureLab.spot("2"));
        assertThat(failed(lab.provider().create(gone))).isInstanceOf(PortError.Unauthorized.class);

        lab.advance(Duration.ofMinutes(2));
        done(lab.provider().observe(Map.of()));
        done(lab.provider().create(lab.order("sm-pool-bbbbbbbb", "b", AzureLab.spot("2"))));
    }

    @Test
    void norDoesWhatAzureWantsToBeLeftAloneForLongBefore() {
        AzureLab lab = limitedTo(1);
        lab.azure()
                .post(Fault.once(
                        new FaultEffect.Throttle(FaultEffect.Throttle.Source.COMPUTE, Duration.ofMinutes(18)),
                        FaultScope.of(AzureCall.PUT_VM)));
        assertThat(failed(lab.provider().create(lab.order("sm-pool-aaaaaaaa", "a", AzureLab.spot("2")))))
                .isInstanceOf(PortError.Throttled.class);

        lab.advance(Duration.ofMinutes(18));
        done(lab.provider().observe(Map.of()));
        done(lab.provider().create(lab.order("sm-pool-bbbbbbbb", "b", AzureLab.spot("2"))));
    }

    @Test
    void theUsersOwnLimitDoesNotCountMachinesOfAnAccountInAnotherNamespaceOrRegion() {
        AzureLab lab = limitedTo(1);
        MachineOrder own = lab.order("sm-pool-aaaaaaaa", "a", AzureLab.spot("2"));
        MachineOrder others = new MachineOrder(
                "sm-pool-bbbbbbbb",
                own.offering(),
                new MachineOwner(AzureLab.INSTALLATION, "other/pool", "other/sm-pool-bbbbbbbb", "b"),
                own.bootData(),
                own.settings());
        done(lab.provider(account -> AccountChange.of(account, changed -> changed.name = "other/azure"))
                .create(others));
        lab.advance(LONG);

        assertThat(done(lab.provider().observe(Map.of())))
                .as("it is ours all the same")
                .hasSize(1);
        done(lab.provider().create(own));
        done(lab.provider().observe(Map.of()));
        assertThat(failed(lab.provider().create(lab.order("sm-pool-cccccccc", "c", AzureLab.spot("2")))))
                .isInstanceOf(PortError.QuotaExceeded.class);
    }

    private AzureLab limitedTo(int workers) {
        return lab(
                options -> options,
                account ->
                        AccountChange.of(account, changed -> changed.limits = new AzureAccount.Limits(null, workers)));
    }

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
    void aCheckOfTheAccountForgetsNoReason() {
        lab().azure()
                .post(Fault.once(
                        new FaultEffect.FailLater(KnownError.ZONAL_ALLOCATION_FAILED),
                        FaultScope.of(AzureCall.PUT_VM)));
        Map<String, String> followed =
                Map.of(NAME, done(lab().provider().create(order())).operation());
        lab().advance(LONG);
        for (int i = 0; i < 2; i++) {
            // The first time the list already tells enough; the operation is asked a little later.
            assertThat(state(done(lab().provider().observe(followed)), NAME).failure())
                    .isInstanceOf(PortError.CapacityExhausted.class);
            lab().advance(Duration.ofSeconds(10));
        }

        done(lab().provider().verify());

        // From here on only what was heard before can tell: the operation is forgotten, and nothing stays of the
        // machine.
        lab().azure().post(Fault.always(new FaultEffect.ForgetOperation(), FaultScope.of(AzureCall.GET_OPERATION)));
        lab().raw("DELETE", lab().machinePath(NAME) + "?api-version=2025-04-01", "");
        lab().advance(LONG);
        assertThat(lab().azure().report().totals().machines()).isZero();
        MachineState state = state(done(lab().provider().observe(followed)), NAME);
        assertThat(state.phase()).isEqualTo(Phase.FAILED);
        assertThat(state.failure())
                .isNotNull()
                .extracting(PortError::message)
                .asString()
                .startsWith("ZonalAllocationFailed");
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

    /** A refusal of the reading would say that the order had no effect, which it had. */
    @Test
    void aMachineOfThatNameThatMayNotBeReadMayBeOurs() {
        done(lab().provider().create(order()));
        lab().azure()
                .post(Fault.always(
                        new FaultEffect.Refuse(KnownError.AUTHORIZATION_FAILED), FaultScope.of(AzureCall.GET_VM)));
        assertThat(failed(lab().provider().create(order())))
                .isInstanceOf(PortError.Transient.class)
                .satisfies(error -> assertThat(error.message()).contains("AuthorizationFailed"));
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
