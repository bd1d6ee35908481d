package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.AzureMachine;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.AzureSubscriptionStatus;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.LeakCounts;
import dev.shedmaster.api.v1alpha1.UnavailableOffering;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.status.UnopenedConnection;
import dev.shedmaster.kube.worker.WorkerRecords;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells a subscription's status: whether we can use it, what is used there, and what cannot be had now. */
public final class AzureSubscriptionStatuses {
    private final KnownObjects<Worker> workers;
    private final OfferingCatalog catalog;
    private final FleetMemory memory;
    private final Function<String, LeakCounts> leaks;
    private final InstantSource clock;

    /**
     * Tells statuses.
     *
     * @param leaks what the leak collection has found in the account of that name
     */
    public AzureSubscriptionStatuses(
            KnownObjects<Worker> workers,
            OfferingCatalog catalog,
            FleetMemory memory,
            Function<String, LeakCounts> leaks,
            InstantSource clock) {
        this.workers = workers;
        this.catalog = catalog;
        this.memory = memory;
        this.leaks = leaks;
        this.clock = clock;
    }

    /** @param link to the subscription; where it could not be opened, nothing was asked there */
    AzureSubscriptionStatus tell(
            AzureSubscription subscription, Outcome<?> link, Outcome<Nothing> verified, Outcome<Nothing> quotas) {
        Conditions conditions = conditions(subscription);
        String reason = link instanceof Outcome.Failed<?> failed
                ? UnopenedConnection.tell(conditions, failed.error(), Condition.RESOURCE_GROUP_USABLE)
                : tellConnection(conditions, verified, refusalOfOrders(Names.of(subscription)));
        tellQuotas(conditions, verified, quotas);
        return status(subscription, conditions, reason);
    }

    AzureSubscriptionStatus tellLeaving(AzureSubscription subscription) {
        String message =
                "workers still have machines here: it goes after the last of them, and no new one is made; delete their pools";
        return status(subscription, conditions(subscription).fails(Condition.READY, "Leaving", message), message);
    }

    /** Whether the status no longer says what is used, cannot be had or was left behind there. */
    public boolean isOutdated(AzureSubscription subscription) {
        AzureSubscriptionStatus before = subscription.getStatus();
        if (before == null) {
            return false;
        }
        AzureSubscriptionStatus now =
                counted(subscription, before.observedGeneration(), before.conditions(), before.reason());
        return !now.equals(before);
    }

    private AzureSubscriptionStatus status(
            AzureSubscription subscription, Conditions conditions, @Nullable String reason) {
        return counted(subscription, subscription.getMetadata().getGeneration(), conditions.list(), reason);
    }

    private AzureSubscriptionStatus counted(
            AzureSubscription subscription,
            @Nullable Long generation,
            List<Condition> conditions,
            @Nullable String reason) {
        String account = Names.of(subscription);
        Map<String, Long> used = workers.objects()
                .filter(worker -> !WorkerRecords.isGone(worker)
                        && WorkerRecords.account(worker).equals(account))
                .collect(Collectors.groupingBy(AzureSubscriptionStatuses::size, Collectors.counting()));
        return new AzureSubscriptionStatus(
                generation,
                conditions,
                (int) used.values().stream().mapToLong(Long::longValue).sum(),
                used.entrySet().stream()
                        .mapToInt(size -> size.getValue().intValue() * vcpus(account, size.getKey()))
                        .sum(),
                unavailable(account),
                leaks.apply(account),
                reason);
    }

    private int vcpus(String account, String size) {
        return catalog.offering("", account, size, null, CapacityType.ON_DEMAND).vcpus();
    }

    private List<UnavailableOffering> unavailable(String account) {
        Instant now = clock.instant();
        return memory.current().blockages().stream()
                .filter(blockage -> blockage.until().isAfter(now)
                        && account.equals(blockage.scope().account()))
                .map(blockage -> new UnavailableOffering(blockage.scope().describe(), blockage.until(), blockage.why()))
                .toList();
    }

    private Conditions conditions(AzureSubscription subscription) {
        AzureSubscriptionStatus before =
                subscription.getStatus() == null ? AzureSubscriptionStatus.initial() : subscription.getStatus();
        return new Conditions(before.conditions(), subscription.getMetadata().getGeneration(), clock.instant());
    }

    /** Tells the conditions of the connection; returns why it is not ready, null if it is. */
    private static @Nullable String tellConnection(
            Conditions conditions, Outcome<Nothing> verified, @Nullable String refusal) {
        return switch (verified) {
            case Outcome.Done<Nothing> done -> {
                conditions.holds(Condition.CREDENTIALS_VALID, "Accepted", "the credentials are accepted");
                if (refusal == null) {
                    conditions.holds(
                            Condition.RESOURCE_GROUP_USABLE, "Usable", "machines can be made in the resource group");
                    conditions.holds(Condition.READY, "Ready", "machines can be asked for");
                } else {
                    conditions.fails(Condition.RESOURCE_GROUP_USABLE, "OrdersRefused", refusal);
                    conditions.fails(Condition.READY, "OrdersRefused", refusal);
                }
                yield refusal;
            }
            case Outcome.Failed<Nothing> failed -> tellTrouble(conditions, failed.error());
        };
    }

    /** That machines can be listed does not say that they can be made. Null if no order was refused lately. */
    private @Nullable String refusalOfOrders(String account) {
        Blockage.Scope refuses = new Blockage.ClosedAccount(account, Blockage.Closure.REFUSES_ORDERS);
        Instant now = clock.instant();
        return memory.current().blockages().stream()
                .filter(known -> known.scope().equals(refuses) && known.until().isAfter(now))
                .map(Blockage::why)
                .findFirst()
                .orElse(null);
    }

    private static void tellQuotas(Conditions conditions, Outcome<Nothing> verified, Outcome<Nothing> quotas) {
        if (verified instanceof Outcome.Failed) {
            conditions.unknown(Condition.QUOTA_KNOWN, "NotTried", "the subscription cannot be used now");
            return;
        }
        switch (quotas) {
            case Outcome.Done<Nothing> done ->
                conditions.holds(
                        Condition.QUOTA_KNOWN, "Read", "machines are asked for within the subscription's quotas");
            case Outcome.Failed<Nothing> failed ->
                conditions.fails(
                        Condition.QUOTA_KNOWN,
                        "NotRead",
                        "quotas are found out by refusals, as they cannot be read: "
                                + failed.error().message()
                                + "; the identity needs Microsoft.Compute/locations/usages/read on the subscription");
        }
    }

    private static String tellTrouble(Conditions conditions, PortError error) {
        String message = error.message();
        switch (error) {
            case PortError.Unauthorized e
            when e.lacksPermission() -> {
                conditions.holds(Condition.CREDENTIALS_VALID, "Accepted", "the credentials are accepted");
                conditions.fails(Condition.RESOURCE_GROUP_USABLE, "PermissionMissing", message);
                conditions.fails(Condition.READY, "PermissionMissing", message);
            }
            case PortError.Unauthorized e -> {
                conditions.fails(Condition.CREDENTIALS_VALID, "Refused", message);
                conditions.unknown(Condition.RESOURCE_GROUP_USABLE, "NotTried", "it could not be asked");
                conditions.fails(Condition.READY, "CredentialsRefused", message);
            }
            case PortError.NotFound e -> {
                conditions.holds(Condition.CREDENTIALS_VALID, "Accepted", "the credentials are accepted");
                conditions.fails(Condition.RESOURCE_GROUP_USABLE, "NotFound", message);
                conditions.fails(Condition.READY, "ResourceGroupMissing", message);
            }
            case PortError.Invalid e -> {
                conditions.unknown(Condition.CREDENTIALS_VALID, "NotTried", "nothing was tried");
                conditions.fails(Condition.RESOURCE_GROUP_USABLE, "Misconfigured", message);
                conditions.fails(Condition.READY, "Misconfigured", message);
            }
            default -> {
                conditions.unknown(Condition.CREDENTIALS_VALID, "NotTried", "it could not be asked");
                conditions.unknown(Condition.RESOURCE_GROUP_USABLE, "NotTried", "it could not be asked");
                conditions.fails(Condition.READY, "Unreachable", message);
            }
        }
        return message;
    }

    private static String size(Worker worker) {
        AzureMachine machine = WorkerRecords.placement(worker).azure();
        return machine == null ? "" : machine.vmSize();
    }
}
