package dev.shedmaster.kube.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The machines that no account can have: they were named in this process and never asked for, or no request for them had any
 * effect. That is how a worker may leave an account that does not say what it has. Where it is not known, as after a restart,
 * the account has to be asked.
 */
public final class Unasked {
    private final Set<String> machines = ConcurrentHashMap.newKeySet();

    /** No account can have a machine of that name, which is the first use of it or was found out. */
    public String add(String machine) {
        machines.add(machine);
        return machine;
    }

    /** It is asked for from now on, or of no interest any more. Returns whether no account could have it until now. */
    public boolean remove(String machine) {
        return machines.remove(machine);
    }

    boolean contains(String machine) {
        return machines.contains(machine);
    }
}
