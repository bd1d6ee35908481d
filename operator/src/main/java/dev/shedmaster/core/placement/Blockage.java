package dev.shedmaster.core.placement;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Offerings that a provider has just refused, and until when they are not worth asking for.
 *
 * @param scope which offerings
 * @param until when they are as good as any again; a job that can have nothing else has them tried before, see
 *     {@code Policy.probeEvery}
 * @param why the provider's reason, short enough for a status line
 */
public record Blockage(Scope scope, Instant until, String why) {

    /** What a refusal of one offering says about others. */
    public sealed interface Scope {
        /** The account that has refused. */
        String account();

        /** Whether the refusal covers this offering as well. */
        boolean covers(Offering offering);

        /** Whether it covers the offering as machines of that template would have it. */
        default boolean covers(Offering offering, String template) {
            return covers(offering);
        }

        /** How a person reads it. */
        String describe();
    }

    /** Everything of one account: a subscription's own quota. */
    public record WholeAccount(String account) implements Scope {
        @Override
        public boolean covers(Offering offering) {
            return offering.account().equals(account);
        }

        @Override
        public String describe() {
            return "everything in " + account;
        }
    }

    /** Everything of an account that does not serve us, whatever is asked for. */
    public record ClosedAccount(String account, Closure closure) implements Scope {
        @Override
        public boolean covers(Offering offering) {
            return offering.account().equals(account);
        }

        @Override
        public String describe() {
            return "everything in " + account;
        }
    }

    /** How an account does not serve us, which decides what ends it. */
    public enum Closure {
        /** It does not even let us read: over as soon as it does. Trying tells nothing that the readings do not. */
        UNREADABLE(true, true),
        /** It refuses orders, and may well let us read: only another order can tell that it is over. */
        REFUSES_ORDERS(true, true),
        /** It is being deleted: only who has a machine there already goes on with it. */
        LEAVES(false, false),
        /** It wants to be left alone until then; asking before that makes it worse. */
        WANTS_REST(false, true);

        private final boolean overOnceRead;
        private final boolean overOnceHad;

        Closure(boolean overOnceRead, boolean overOnceHad) {
            this.overOnceRead = overOnceRead;
            this.overOnceHad = overOnceHad;
        }

        /** Whether it is over as soon as the account lets us read. */
        public boolean isOverOnceRead() {
            return overOnceRead;
        }

        /** Whether it is over as soon as a machine of the account runs that was asked for after it was learned. */
        public boolean isOverOnceHad() {
            return overOnceHad;
        }
    }

    /**
     * One offering as one template wants it, which the provider finds wrong: it says nothing of the offering as such, nor of
     * the template elsewhere.
     */
    public record UnfitOrder(String template, Offering offering) implements Scope {
        @Override
        public String account() {
            return offering.account();
        }

        @Override
        public boolean covers(Offering other) {
            return false;
        }

        @Override
        public boolean covers(Offering other, String wanted) {
            return template.equals(wanted) && isOf(other);
        }

        /** Whether it is about that offering, whatever the template and the price. */
        public boolean isOf(Offering other) {
            return offering.at(0).equals(other.at(0));
        }

        @Override
        public String describe() {
            return offering.describe() + " in " + offering.account() + " for one template";
        }
    }

    /** Everything that an account sells in one way: all spot capacity shares one quota. */
    public record WholeType(String account, CapacityType type) implements Scope {
        @Override
        public boolean covers(Offering offering) {
            return offering.account().equals(account) && offering.type() == type;
        }

        @Override
        public String describe() {
            return (type == CapacityType.SPOT ? "all Spot" : "all OnDemand") + " in " + account;
        }
    }

    /** Everything in one network, whose addresses are used up. The key is the provider's: see {@link Offering#network}. */
    public record WholeNetwork(String account, String network) implements Scope {
        @Override
        public boolean covers(Offering offering) {
            return offering.account().equals(account) && network.equalsIgnoreCase(offering.network());
        }

        @Override
        public String describe() {
            return "everything in network " + network + " of " + account;
        }
    }

    /** A family's quota: this many vCPUs and more of it cannot be had, smaller sizes perhaps can. */
    public record FamilyFrom(String account, String family, CapacityType type, int vcpus) implements Scope {
        @Override
        public boolean covers(Offering offering) {
            return offering.account().equals(account)
                    && offering.family().equalsIgnoreCase(family)
                    && offering.type() == type
                    && offering.vcpus() >= vcpus;
        }

        @Override
        public String describe() {
            return family + " from " + vcpus + " vCPUs" + (type == CapacityType.SPOT ? " Spot" : "") + " in " + account;
        }
    }

    /**
     * One size at one place.
     *
     * @param zone the zone, or null for the region as a whole
     * @param type null when the hardware itself is out, however it is sold
     */
    public record SizeAt(
            String account,
            String size,
            @Nullable String zone,
            @Nullable CapacityType type) implements Scope {
        @Override
        public boolean covers(Offering offering) {
            return offering.account().equals(account)
                    && offering.size().equalsIgnoreCase(size)
                    && java.util.Objects.equals(offering.zone(), zone)
                    && (type == null || offering.type() == type);
        }

        @Override
        public String describe() {
            return size
                    + (zone == null ? "" : " zone " + zone)
                    + (type == null ? "" : type == CapacityType.SPOT ? " Spot" : " OnDemand")
                    + " in "
                    + account;
        }
    }
}
