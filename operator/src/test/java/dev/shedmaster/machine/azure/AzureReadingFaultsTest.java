package dev.shedmaster.machine.azure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.fault.Fault;
import dev.shedmaster.lab.azure.fault.FaultEffect;
import dev.shedmaster.lab.azure.fault.FaultScope;
import dev.shedmaster.lab.azure.fault.KnownError;
import dev.shedmaster.port.AcceptedMachine;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineState.Phase;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What lists and operations do not tell, or tell late. */
class AzureReadingFaultsTest extends AzureScenario {

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

    /** Lists are read more often than power. */
    @Test
    void thatAMachineWasShownAsStoppedBeforeItsFirstStartIsForgottenOnceItRuns() {
        lab().azure()
                .post(Fault.always(new FaultEffect.ShowStoppedBeforeStart(), FaultScope.of(AzureCall.LIST_ALL_VMS)));
        done(lab().provider().create(order()));
        List<Phase> seen = new ArrayList<>();
        for (int reading = 0; reading < 60; reading++) {
            lab().advance(Duration.ofSeconds(5));
            seen.add(state(done(lab().provider().observe(Map.of())), NAME).phase());
        }
        assertThat(seen).startsWith(Phase.CREATING).endsWith(Phase.RUNNING).doesNotContain(Phase.STOPPED);
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

    @Test
    void whatADeletionLeavesIsFoundAndCollected() {
        MachineOrder order = lab().order(NAME, "uid", AzureLab.onDemand("1"), lab().flatcarOnManagedDisk());
        // As a careless hand or an older release might have made it.
        String detached = done(new VmBody("westeurope", new ThrowawayKey())
                        .of(order, lab().flatcarOnManagedDisk(), lab().clock().instant()))
                .toString()
                .replace("\"deleteOption\":\"Delete\"", "\"deleteOption\":\"Detach\"");
        assertThat(lab().raw("PUT", lab().machinePath(NAME) + "?api-version=2025-04-01", detached)
                        .statusCode())
                .isEqualTo(201);
        lab().advance(LONG);
        done(lab().provider().delete(NAME));
        lab().advance(LONG);
        assertThat(orphans()).isPositive();
        List<String> kinds = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            Set<Leftover> left = done(lab().provider().leftovers(Set.of()));
            left.forEach(leftover -> {
                kinds.add(leftover.kind());
                assertThat(leftover.worker()).isEqualTo("ci/" + NAME);
                done(lab().provider().collect(leftover));
            });
            lab().advance(LONG);
        }
        assertThat(kinds).containsExactlyInAnyOrder("network interface", "disk", "public IP address");
        assertThat(done(lab().provider().leftovers(Set.of()))).isEmpty();
        var totals = lab().azure().report().totals();
        assertThat(totals.nics() + totals.disks() + totals.publicIps()).isZero();
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
    void theMachinesOfASiblingAccountInTheSameGroupAreNotLeftBehind() {
        done(lab().provider().create(order()));
        lab().advance(LONG);
        AzureMachineProvider sibling = lab().provider(account -> named("other/azure", account));

        assertThat(done(sibling.leftovers(Set.of()))).isEmpty();
        assertThat(done(lab().provider().leftovers(Set.of())))
                .extracting(Leftover::worker)
                .containsExactly("ci/" + NAME);
    }

    private static AzureAccount named(String name, AzureAccount account) {
        return AccountChange.of(account, changed -> changed.name = name);
    }

    @Test
    void anotherInstallationsMachinesAreNotOurs() {
        done(lab().provider().create(order()));
        lab().advance(LONG);
        AzureMachineProvider other = lab().provider(
                        account -> AccountChange.of(account, changed -> changed.installation = "other-installation"));
        assertThat(done(other.observe(Map.of()))).isEmpty();
        assertThat(done(other.leftovers(Set.of()))).isEmpty();
        assertThat(failed(other.delete(NAME))).isInstanceOf(PortError.AlreadyExists.class);
        lab().advance(LONG);
        assertThat(lab().azure().report().totals().machines()).isEqualTo(1);
    }
}
