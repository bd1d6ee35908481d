package dev.shedmaster.core.placement;

import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.core.slot.Isolation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Room on a host of one's own, where others offer a machine that is rented.
 *
 * @param amount what the worker takes of the host
 * @param zone the trust zone that it is made for; null if none
 * @param image what it runs, by the name that hosts have for it
 * @param site where, and how it is run; null as long as that is open: on any host that the placement selects
 */
public record HostSlot(
        Amount amount,
        @Nullable String zone,
        String image,
        @Nullable Site site) {

    /**
     * A host that was chosen.
     *
     * @param host {@code namespace/name}
     * @param isolation how the worker is run there
     */
    public record Site(String host, Isolation isolation) {
        private String describe() {
            return host + " " + isolation.word();
        }
    }

    /** What stands between a namespace and a host's name in an account: no object of Kubernetes can be called so. */
    private static final String HOST = "/host/";

    /**
     * The account that a host is to the planner and to what providers refuse. It cannot be that of any other object, and lies
     * in the host's namespace.
     *
     * @param host {@code namespace/name}
     */
    public static String account(String host) {
        return host.replaceFirst("/", HOST);
    }

    /** The account of what is still open: it stands for all hosts of a namespace, and nobody refuses anything in its name. */
    static String openAccount(String namespace) {
        return namespace + "/hosts/";
    }

    /** Whether an account is a host. */
    public static boolean isAccount(String account) {
        return account.contains(HOST);
    }

    /** The host that an account is, as {@code namespace/name}. */
    public static String host(String account) {
        return account.replaceFirst(HOST, "/");
    }

    /** The same elsewhere; null for any host. */
    HostSlot at(@Nullable Site elsewhere) {
        return new HostSlot(amount, zone, image, elsewhere);
    }

    /** {@code 16 CPUs and 48Gi on ci/rx220-1 Container}. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "%d CPU%s and %s%s",
                amount.cpus(),
                amount.cpus() == 1 ? "" : "s",
                Amount.memory(amount.memoryMib()),
                site == null ? " on a host" : " on " + site.describe());
    }
}
