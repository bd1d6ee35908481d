package dev.shedmaster.kube.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.AzureSubscriptionStatus;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConditionStatus;
import dev.shedmaster.api.v1alpha1.LeakCollection;
import dev.shedmaster.api.v1alpha1.LeakCounts;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.Refusal;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.status.Told;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class AzureSubscriptionStatusesTest {
    private static final Outcome<Nothing> FINE = Outcome.done(Nothing.NOTHING);

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-24T09:00:00Z"));
    private final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {});
    private final FleetMemory memory = new FleetMemory(clock, () -> {});
    private final AzureSubscriptionStatuses statuses = new AzureSubscriptionStatuses(
            workers.known(),
            (placement, account, size, zone, type) -> new Offering(placement, account, size, size, zone, type, 8, 0.2),
            memory,
            account -> LeakCounts.NONE,
            clock);

    private static Condition condition(AzureSubscriptionStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void quotasThatWereReadAreKnown() {
        assertThat(condition(
                                statuses.tell(SampleSubscriptions.azure(LeakCollection.DEFAULT), FINE, FINE, FINE),
                                Condition.QUOTA_KNOWN)
                        .status())
                .isEqualTo(ConditionStatus.TRUE);
    }

    @Test
    void quotasThatCannotBeReadHinderNothingAndSayWhatToGrant() {
        AzureSubscriptionStatus status = statuses.tell(
                SampleSubscriptions.azure(LeakCollection.DEFAULT),
                FINE,
                FINE,
                Outcome.failed(new PortError.Unauthorized("AuthorizationFailed")));

        assertThat(condition(status, Condition.READY).status()).isEqualTo(ConditionStatus.TRUE);
        assertThat(status.reason()).isNull();
        assertThat(condition(status, Condition.QUOTA_KNOWN)).satisfies(quota -> {
            assertThat(quota.status()).isEqualTo(ConditionStatus.FALSE);
            assertThat(quota.message())
                    .contains("AuthorizationFailed")
                    .contains("Microsoft.Compute/locations/usages/read");
        });
    }

    @Test
    void nothingIsSaidOfQuotasWhereTheSubscriptionCannotBeUsed() {
        AzureSubscriptionStatus status = statuses.tell(
                SampleSubscriptions.azure(LeakCollection.DEFAULT),
                FINE,
                Outcome.failed(new PortError.Transient("no answer")),
                Outcome.done(Nothing.NOTHING));

        assertThat(condition(status, Condition.QUOTA_KNOWN).status()).isEqualTo(ConditionStatus.UNKNOWN);
    }

    @Test
    void aSecretThatMayNotBeReadSaysNothingOfTheCredentialsOrTheGroup() {
        Outcome<Nothing> forbidden = Outcome.failed(new PortError.Unauthorized("may not read Secret ci/s: grant it"));
        AzureSubscriptionStatus status =
                statuses.tell(SampleSubscriptions.azure(LeakCollection.DEFAULT), forbidden, forbidden, forbidden);

        assertThat(Told.of(status.conditions(), Condition.READY))
                .isEqualTo("FALSE Unreadable: may not read Secret ci/s: grant it");
        assertThat(Told.of(status.conditions(), Condition.CREDENTIALS_VALID)).startsWith("UNKNOWN Unreadable");
        assertThat(Told.of(status.conditions(), Condition.RESOURCE_GROUP_USABLE))
                .startsWith("UNKNOWN NotTried");
    }

    @Test
    void aRightThatIsMissingSaysThatTheCredentialsAreGood() {
        Outcome<Nothing> forbidden =
                Outcome.failed(new PortError.Unauthorized("grant Microsoft.Compute/virtualMachines/read", true));
        AzureSubscriptionStatus status =
                statuses.tell(SampleSubscriptions.azure(LeakCollection.DEFAULT), FINE, forbidden, forbidden);

        assertThat(Told.of(status.conditions(), Condition.CREDENTIALS_VALID)).startsWith("TRUE Accepted");
        assertThat(Told.of(status.conditions(), Condition.RESOURCE_GROUP_USABLE))
                .isEqualTo("FALSE PermissionMissing: grant Microsoft.Compute/virtualMachines/read");
        assertThat(Told.of(status.conditions(), Condition.READY)).startsWith("FALSE PermissionMissing");
    }

    @Test
    void whoMayListMachinesAndNotMakeThemIsNotReady() {
        memory.learn(new Refusal.Unauthorized("grant virtualMachines/write"), SampleWorkers.SPOT, "hash");
        AzureSubscriptionStatus status =
                statuses.tell(SampleSubscriptions.azure(LeakCollection.DEFAULT), FINE, FINE, FINE);

        assertThat(Told.of(status.conditions(), Condition.CREDENTIALS_VALID)).startsWith("TRUE Accepted");
        assertThat(Told.of(status.conditions(), Condition.RESOURCE_GROUP_USABLE))
                .isEqualTo("FALSE OrdersRefused: grant virtualMachines/write");
        assertThat(Told.of(status.conditions(), Condition.READY)).startsWith("FALSE OrdersRefused");
        assertThat(status.reason()).isEqualTo("grant virtualMachines/write");
    }

    @Test
    void aGroupThatMustNotBeUsedSaysNothingOfTheCredentials() {
        Outcome<Nothing> invalid = Outcome.failed(new PortError.Invalid("resourceGroup", "give them their own"));
        AzureSubscriptionStatus status =
                statuses.tell(SampleSubscriptions.azure(LeakCollection.DEFAULT), FINE, invalid, invalid);

        assertThat(Told.of(status.conditions(), Condition.RESOURCE_GROUP_USABLE))
                .isEqualTo("FALSE Misconfigured: give them their own");
        assertThat(Told.of(status.conditions(), Condition.CREDENTIALS_VALID)).startsWith("UNKNOWN NotTried");
    }

    @Test
    void whatIsUsedOfTheAccountIsCounted() {
        workers.put(SampleWorkers.named("sm-a"));
        workers.put(SampleWorkers.named("sm-b"));
        workers.put(SampleWorkers.of("another", "sm-c"));
        AzureSubscriptionStatus status =
                statuses.tell(SampleSubscriptions.azure(LeakCollection.DEFAULT), FINE, FINE, FINE);
        assertThat(status.workers()).isEqualTo(2);
        assertThat(status.vcpus()).isEqualTo(16);
    }

    @Test
    void aWorkerWhoseMachineIsGoneUsesNothingThoughItsRegistrationIsLeft() {
        workers.put(SampleWorkers.named("sm-a"));
        Worker gone = SampleWorkers.named("sm-gone");
        gone.setStatus(SampleWorkers.status(
                SampleWorkers.records(),
                gone,
                SampleWorkers.life(new WorkerState.Gone("idle"), SampleWorkers.BORN, null),
                null));
        workers.put(gone);
        AzureSubscriptionStatus status =
                statuses.tell(SampleSubscriptions.azure(LeakCollection.DEFAULT), FINE, FINE, FINE);
        assertThat(status.workers()).isEqualTo(1);
        assertThat(status.vcpus()).isEqualTo(8);
    }
}
