package dev.shedmaster.kube.pool;

import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.kube.machine.HostNeed;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import java.util.List;
import java.util.Map;

/** What a pool's spec means for its workers, worked out once per change of the spec. */
public interface PoolBlueprint {

    /** The CI system that the workers serve, as {@code namespace/name}. */
    String source();

    /** All ways to get a machine, in the order in which they are to be tried. */
    List<Offering> ladder();

    /** What the placements of its ladder that are slots need of hosts, by their names. */
    default Map<String, HostNeed> hostNeeds() {
        return Map.of();
    }

    /** Differs whenever a new worker would differ from an old one. */
    String templateHash();

    /** The registration that a worker of this name needs. */
    AgentOrder agentOrder(String worker, MachineOwner owner);

    /**
     * The machine that a worker of this name needs.
     *
     * @return {@code Invalid} if its boot data cannot be made, naming the field of the pool to change
     */
    Outcome<MachineOrder> machineOrder(
            String worker, Offering offering, MachineOwner owner, AgentCredentials credentials);
}
