package dev.shedmaster.core.placement;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked of a provider: a size at a place, sold in one way. A placement that a user writes becomes
 * several offerings (sizes × zones), in the order in which they are to be tried. One of hosts of one's own becomes a single
 * offering, of which the planner chooses the host.
 *
 * @param placement the user's name for the way to get a machine, unique within its pool
 * @param account whose quota and limits it draws on, as {@code namespace/name} of the account's object
 * @param size the provider's name of the machine's size, such as {@code Standard_D8ds_v5}
 * @param family the group of sizes that share one quota, in the provider's spelling
 * @param zone the zone within the region, or null for the region as a whole
 * @param type how it is sold
 * @param vcpus what it takes from a vCPU quota
 * @param hourlyPrice what an hour of it costs in the account's currency; 0 where it is not known, and for a slot, which
 *     costs nothing beyond its host
 * @param network where it takes its address from, by a key that the provider alone understands; null where it is not known
 * @param slot the room on a host of one's own that this is; null for a machine that is rented
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
        @Nullable String network,
        @Nullable HostSlot slot) {

    /** A machine that is rented. */
    public Offering(
            String placement,
            String account,
            String size,
            String family,
            @Nullable String zone,
            CapacityType type,
            int vcpus,
            double hourlyPrice,
            @Nullable String network) {
        this(placement, account, size, family, zone, type, vcpus, hourlyPrice, network, null);
    }

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
        this(placement, account, size, family, zone, type, vcpus, hourlyPrice, null, null);
    }

    /** A slot on one of the hosts of a namespace, which is still to be chosen. */
    public static Offering onSomeHost(String placement, String namespace, HostSlot slot) {
        return slot(placement, HostSlot.openAccount(namespace), slot.at(null));
    }

    /** A slot on that host. */
    public static Offering onHost(String placement, HostSlot slot, HostSlot.Site site) {
        return slot(placement, HostSlot.account(site.host()), slot.at(site));
    }

    private static Offering slot(String placement, String account, HostSlot slot) {
        int cpus = slot.amount().cpus();
        return new Offering(placement, account, slot.image(), "", null, CapacityType.ON_DEMAND, cpus, 0, null, slot);
    }

    /** Whether its price is known: a budget cannot count what has none. */
    public boolean hasPrice() {
        return slot != null || hourlyPrice != 0;
    }

    /** The same offering at another price. */
    public Offering at(double price) {
        return new Offering(placement, account, size, family, zone, type, vcpus, price, network, slot);
    }

    /** The same offering in that network. */
    public Offering in(@Nullable String network) {
        return new Offering(placement, account, size, family, zone, type, vcpus, hourlyPrice, network, slot);
    }

    /** As a ladder has it: of a slot the host is still to be chosen. */
    public Offering open() {
        return slot == null || slot.site() == null
                ? this
                : onSomeHost(placement, account.substring(0, account.indexOf('/')), slot);
    }

    /** Whether both name the same machine, whatever they are called and cost; networks differ only where both are known. */
    public boolean isSameMachineAs(Offering other) {
        return account.equals(other.account)
                && size.equals(other.size)
                && type == other.type
                && Objects.equals(zone, other.zone)
                && (network == null || other.network == null || network.equals(other.network))
                && Objects.equals(slot, other.slot);
    }

    /** Who gives it, for a person: {@code account ci/azure}, {@code host ci/rx220-1}. */
    public String giver() {
        return slot == null || slot.site() == null
                ? "account " + account
                : "host " + slot.site().host();
    }

    /** Where it takes room, for a person: {@code in account ci/azure}, {@code on host ci/rx220-1}. */
    public String place() {
        return (slot == null ? "in " : "on ") + giver();
    }

    /** How a person reads it: {@code Standard_D8ds_v5 zone 1 Spot (spot)}. */
    public String describe() {
        if (slot != null) {
            return slot.describe() + " (" + placement + ")";
        }
        return size + (zone == null ? "" : " zone " + zone) + (type == CapacityType.SPOT ? " Spot" : " OnDemand") + " ("
                + placement + ")";
    }
}
