package dev.shedmaster.port;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The servers that are rented under one account, as their landlord sees them: power, network boot, keys. An instance holds one
 * credential and may be called from many threads at once; its calls block (callers use virtual threads), end within the HTTP client's
 * bounds, and share the account's request budget. Nothing here orders, cancels or costs anything.
 *
 * <p>Every call may fail with {@code Unauthorized}, after which nothing is sent with that credential until its Secret changes;
 * with {@code Throttled} or {@code HeldBack}, which say when to ask again; and with {@code Transient}. A server that is not there is
 * {@code NotFound}.
 */
public interface DedicatedServers extends AutoCloseable {

    /** Checks that the credential is accepted and the service answers. May be repeated. */
    Outcome<Nothing> verify();

    /** All servers of the account; the answer may be some minutes old. May be repeated. */
    Outcome<List<DedicatedServer>> servers();

    /** Reads one server; the answer may be some minutes old. May be repeated. */
    Outcome<DedicatedServer> server(int number);

    /** Gives a server the name that its landlord shows; never an empty one. May be repeated. */
    Outcome<Nothing> rename(int number, String name);

    /**
     * Sees to it that the account knows a public key, by its material and not by its name. May be repeated.
     *
     * @param name what the key is called if it is new
     * @param publicKey one line in OpenSSH's form; its comment is not sent
     * @return the fingerprint by which the account knows it
     */
    Outcome<String> ensureKey(String name, String publicKey);

    /** Removes a key from the account by its fingerprint. May be repeated; done when there is none. */
    Outcome<Nothing> removeKey(String fingerprint);

    /** Whether the next network boot goes into the rescue system. A boot uses it up. May be repeated. */
    Outcome<Boolean> isRescueArmed(int number);

    /**
     * Has the next network boot go into the rescue system, with these keys and no others: what was armed before is taken back
     * first. May be repeated. Boots nothing by itself.
     *
     * @param fingerprints of {@link #ensureKey}; {@code Invalid} names one that the account does not know, or that another boot was ordered by somebody
     */
    Outcome<Nothing> armRescue(int number, List<String> fingerprints);

    /** Has the next boot go where the disk leads. May be repeated; done when nothing was armed. */
    Outcome<Nothing> disarmRescue(int number);

    /** What is known of the last boot into the rescue system; without time and keys if there was none. May be repeated. */
    Outcome<RescueBoot> lastRescue(int number);

    /** How the server can be reset, and whether it runs. May be repeated. */
    Outcome<ResetOptions> resetOptions(int number);

    /**
     * Resets a server once. Must not be repeated blindly: after {@code Transient} it may have happened, and only what the server
     * does next tells. {@code Invalid} if the server has no reset of that type, {@code Throttled} while a technician is on the way.
     */
    Outcome<Nothing> reset(int number, ResetType type);

    /**
     * Sends the packet by which a server's network card turns it on. May be repeated; few are allowed in an hour. Done says that it
     * was sent, not that the server runs. {@code Invalid} if the server does not take it.
     */
    Outcome<Nothing> wake(int number);

    /** What is left of the account's request budget, as far as is known here; asks nobody. */
    List<RequestAllowance> allowances();

    @Override
    void close();

    /**
     * A server, as its landlord describes it.
     *
     * @param number the landlord's number of it
     * @param name what it is called there; may be empty
     * @param address where it is reached, IPv4 before IPv6; null for one that has none (a reservation)
     * @param product what it was sold as, such as {@code RX220}
     * @param dataCenter where it stands
     * @param isReady whether it has been handed over
     * @param isCancelled whether its rent ends
     */
    record DedicatedServer(
            int number,
            String name,
            @Nullable String address,
            String product,
            String dataCenter,
            boolean isReady,
            boolean isCancelled) {}

    /**
     * A boot into the rescue system.
     *
     * @param bootedAt null as long as the last activation has not been booted. In which zone the landlord writes its times is not
     *     documented, so that this may be hours away from a clock of ours: that a boot is a new one shows in that it differs from
     *     the one read before the reset
     * @param hostKeys the SHA-256 fingerprints of the host keys that this boot made, as {@code SHA256:…}; empty until they are told
     */
    record RescueBoot(@Nullable Instant bootedAt, Set<String> hostKeys) {
        public RescueBoot {
            hostKeys = Set.copyOf(hostKeys);
        }
    }

    /** A technician's reset is none of them: it is never asked for. */
    enum ResetType {
        /** Ctrl+Alt+Del: the system may shut down in order, or ignore it. */
        SOFTWARE,
        /** The reset button. */
        HARDWARE,
        /** The power button, pressed shortly: turns on what is off, and asks what is on to shut down. */
        POWER,
        /** The power button, held: off. */
        POWER_LONG
    }

    /**
     * How a server can be reset.
     *
     * @param isRunning null where the server's power cannot be read
     */
    record ResetOptions(Set<ResetType> types, @Nullable Boolean isRunning) {
        public ResetOptions {
            types = Set.copyOf(types);
        }
    }

    /**
     * What may still be asked of one kind of call.
     *
     * @param kind such as {@code POST /reset}
     * @param left how many calls may be made now
     * @param limit how many there are at most
     * @param frozenUntil until when the service itself has refused this kind for too many; null if it has not
     */
    record RequestAllowance(
            String kind, int left, int limit, @Nullable Instant frozenUntil) {}
}
