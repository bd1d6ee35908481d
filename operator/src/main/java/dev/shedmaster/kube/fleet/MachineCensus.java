package dev.shedmaster.kube.fleet;

import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineState;
import java.util.HashMap;
import java.util.Map;

/**
 * How many machines of each pool accounts show, whether workers account for them or not. Those that are on their way out do not
 * count. Several accounts may share a place and be shown the same machines: each counts once.
 */
final class MachineCensus {
    private final Map<String, String> pools = new HashMap<>();

    /** Takes in what an account shows, by the machines' names. */
    void count(Map<String, MachineState> machines) {
        machines.forEach((name, machine) -> {
            MachineOwner owner = machine.owner();
            if (owner != null && machine.phase() != MachineState.Phase.DELETING) {
                pools.put(name, owner.pool());
            }
        });
    }

    Map<String, Integer> byPool() {
        Map<String, Integer> counts = new HashMap<>();
        pools.values().forEach(pool -> counts.merge(pool, 1, Integer::sum));
        return counts;
    }
}
