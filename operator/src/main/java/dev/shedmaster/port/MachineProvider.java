package dev.shedmaster.port;

import java.util.Map;
import java.util.Set;

/**
 * Where machines come from. An instance holds one credential of one account and may be called from many threads at once;
 * its calls block (callers use virtual threads), end within the HTTP client's bounds, and share one request budget in
 * which deletions go before creations and creations before readings.
 */
public interface MachineProvider extends AutoCloseable {

    /**
     * Asks for one machine, create-only. May be repeated with the same order after a {@code Transient} or a crash: a
     * machine of that name that carries the same owner is the answer to the first call and counts as accepted. Refusals
     * ({@code CapacityExhausted}, {@code QuotaExceeded}, {@code Invalid}) leave nothing behind. {@code Unauthorized} and
     * {@code Later} say that this call had no effect, and nothing about an earlier one.
     */
    Outcome<AcceptedMachine> create(MachineOrder order);

    /**
     * Reads the machines of this installation: all that the account lists, and more exactly those in {@code followed}.
     *
     * @param followed operation by machine name, for machines whose creation is not known to have ended
     * @return machine states by name; a machine in {@code followed} may be missing although it exists (lists lag), so
     *     absence proves something only after {@link #inspect}; one of which only its operation is known has no owner
     */
    Outcome<Map<String, MachineState>> observe(Map<String, String> followed);

    /** Asks for one machine directly. {@code NotFound} if it is gone. */
    Outcome<MachineState> inspect(String machine);

    /**
     * Starts the deletion of a machine and of everything that came with it. May be repeated; done, not {@code NotFound},
     * when nothing is there. {@code AlreadyExists} if a machine of that name is there and not ours: it is left alone.
     */
    Outcome<Nothing> delete(String machine);

    /**
     * Finds what belongs to this installation but to none of the workers in {@code known}: machines, network interfaces,
     * disks, addresses. Only what was made for a worker of the account's own namespace: others may use the same place, and
     * whether their workers exist is not known here. Reads only. One finding proves nothing: see
     * {@link dev.shedmaster.core.leak.LeakLedger}.
     *
     * @param known the workers that there are, each as {@code namespace/name}
     */
    Outcome<Set<Leftover>> leftovers(Set<String> known);

    /** Deletes one leftover after checking once more that it is ours. May be repeated. */
    Outcome<Nothing> collect(Leftover leftover);

    /** Checks up front that account, credential and place can be used. May be repeated. */
    Outcome<Nothing> verify();

    /**
     * Whether the account's own quotas are known, so that machines are asked for within them. Asks nobody: it says how the
     * newest attempt to read them went, and {@link #verify} is one. Where they are not known, refusals tell.
     */
    Outcome<Nothing> quotas();

    @Override
    void close();
}
