package dev.shedmaster.kube.pool;

import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import java.util.List;

/** A blueprint of which only the template and the offerings matter: nothing is ordered from it. */
public record BareBlueprint(String templateHash, List<Offering> ladder) implements PoolBlueprint {
    public BareBlueprint(String templateHash) {
        this(templateHash, List.of());
    }

    /** Makes it the pool's. */
    public void drawn(BlueprintBook book, String pool) {
        book.drawn(pool, 1, this);
    }

    @Override
    public String source() {
        return "ci/jenkins";
    }

    @Override
    public AgentOrder agentOrder(String worker, MachineOwner owner) {
        throw new UnsupportedOperationException("no agent is ordered here");
    }

    @Override
    public Outcome<MachineOrder> machineOrder(
            String worker, Offering offering, MachineOwner owner, AgentCredentials credentials) {
        throw new UnsupportedOperationException("no machine is ordered here");
    }
}
