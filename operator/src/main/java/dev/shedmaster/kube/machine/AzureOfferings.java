package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.AzurePlacement;
import dev.shedmaster.api.v1alpha1.AzurePriority;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.MachineRequirements;
import dev.shedmaster.api.v1alpha1.VmPrice;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.kube.pool.Money;
import dev.shedmaster.kube.pool.Spans;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.machine.azure.LeastSize;
import dev.shedmaster.machine.azure.OfferingLadder;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Azure's sizes take from quotas and what they cost: the built-in table, and the prices that a user wrote. */
public final class AzureOfferings implements OfferingCatalog {
    private final KnownObjects<AzureSubscription> subscriptions;

    public AzureOfferings(KnownObjects<AzureSubscription> subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public Offering offering(String placement, String account, String size, @Nullable String zone, CapacityType type) {
        Outcome<List<Offering>> ladder =
                ladder(placement, account, List.of(size), zone == null ? List.of() : List.of(zone), type);
        return ladder instanceof Outcome.Done<List<Offering>> done
                ? done.value().getFirst()
                : new Offering(placement, account, size, size, zone, type, 0, 0);
    }

    /**
     * The offerings of a placement, in the order in which to try them; {@code Invalid} if a size or zone cannot be one, or a
     * size has less than is asked for.
     */
    public Outcome<List<Offering>> ladder(
            String name, String account, AzurePlacement placement, MachineRequirements machine) {
        Optional<PortError.Invalid> tooSmall =
                new LeastSize(machine.cpus(), Spans.gibibytes(machine.memory())).tooSmall(placement.vmSizes());
        if (tooSmall.isPresent()) {
            return Outcome.failed(tooSmall.get());
        }
        return ladder(name, account, placement.vmSizes(), placement.zones(), type(placement.priority()))
                .map(ladder -> ladder.stream()
                        .map(offering -> offering.in(placement.subnetId()))
                        .toList());
    }

    private Outcome<List<Offering>> ladder(
            String placement, String account, List<String> sizes, List<String> zones, CapacityType type) {
        Optional<AzureSubscription> subscription = subscriptions.find(account);
        String location = subscription.map(known -> known.getSpec().location()).orElse("");
        List<VmPrice> prices =
                subscription.map(known -> known.getSpec().prices()).orElse(List.of());
        return OfferingLadder.of(account, location, placement, sizes, zones, type)
                .map(offerings -> offerings.stream()
                        .map(offering -> priced(offering, prices))
                        .toList());
    }

    static CapacityType type(AzurePriority priority) {
        return priority == AzurePriority.SPOT ? CapacityType.SPOT : CapacityType.ON_DEMAND;
    }

    /** A user's price wins. Where prices are given, a size without one has none: currencies must not be mixed. */
    private static Offering priced(Offering offering, List<VmPrice> prices) {
        return prices.isEmpty() ? offering : offering.at(price(offering, prices));
    }

    private static double price(Offering offering, List<VmPrice> prices) {
        for (VmPrice price : prices) {
            if (price.vmSize().equalsIgnoreCase(offering.size())) {
                String amount =
                        offering.type() == CapacityType.SPOT && price.spot() != null ? price.spot() : price.onDemand();
                return Money.parse(amount).amount();
            }
        }
        return 0;
    }
}
