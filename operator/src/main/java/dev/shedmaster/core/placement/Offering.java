package dev.shedmaster.core.placement;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked of a provider: a size at a place, sold in one way. A placement that a user writes becomes
 * several offerings (sizes × zones), in the order in which they are to be tried.
 *
 * @param placement the user's name for the way to get a machine, unique within its pool
 * @param account whose quota and limits it draws on, as {@code namespace/name} of the account's object
 * @param size the provider's name of the machine's size, such as {@code Standard_D8ds_v5}
 * @param family the group of sizes that share one quota, in the provider's spelling
 * @param zone the zone within the region, or null for the region as a whole
 * @param type how it is sold
 * @param vcpus what it takes from a vCPU quota
 * @param hourlyPrice what an hour of it costs in the account's currency; 0 where it is not known
 * @param network where it takes its address from, by a key that the provider alone understands; null where it is not known
 */
public record Offering(
        String placement,
        String account,
        String size,
        String family,
        @Nullable String zone,
        CapacityType type,
        int vcpus,
        double hourlyPrice,
        @Nullable String network) {

    /** An offering whose network is not known. */
    public Offering(
            String placement,
            String account,
            String size,
            String family,
            @Nullable String zone,
            CapacityType type,
            int vcpus,
            double hourlyPrice) {
        this(placement, account, size, family, zone, type, vcpus, hourlyPrice, null);
    }

    /** Whether its price is known: a budget cannot count what has none. */
    public boolean hasPrice() {
        return hourlyPrice != 0;
    }

    /** The same offering at another price. */
    public Offering at(double price) {
        return new Offering(placement, account, size, family, zone, type, vcpus, price, network);
    }

    /** The same offering in that network. */
    public Offering in(@Nullable String network) {
        return new Offering(placement, account, size, family, zone, type, vcpus, hourlyPrice, network);
    }

    /** Whether both name the same machine, whatever they are called and cost; networks differ only where both are known. */
    public boolean isSameMachineAs(Offering other) {
        return account.equals(other.account)
                && size.equals(other.size)
                && type == other.type
                && Objects.equals(zone, other.zone)
                && (network == null || other.network == null || network.equals(other.network));
    }

    /** How a person reads it: {@code Standard_D8ds_v5 zone 1 Spot (spot)}. */
    public String describe() {
        return size + (zone == null ? "" : " zone " + zone) + (type == CapacityType.SPOT ? " Spot" : " OnDemand") + " ("
                + placement + ")";
    }
}
