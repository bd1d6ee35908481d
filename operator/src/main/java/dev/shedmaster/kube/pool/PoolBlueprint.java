package dev.shedmaster.kube.pool;

import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import java.util.List;

/** What a pool's spec means for its workers, worked out once per change of the spec. */
public interface PoolBlueprint {

    /** The CI system that the workers serve, as {@code namespace/name}. */
    String source();

    /** All ways to get a machine, in the order in which they are to be tried. */
    List<Offering> ladder();

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
