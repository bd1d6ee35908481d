package dev.shedmaster.kube.fleet;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What providers have refused lately, for the planner and for workers that look for the next offering. Kept in memory
 * only: after a restart the first refusals teach it again.
 */
public final class FleetMemory {
    private final AtomicReference<OfferingMemory> memory = new AtomicReference<>(OfferingMemory.EMPTY);
    private final InstantSource clock;
    private final Runnable onChange;

    public FleetMemory(InstantSource clock, Runnable onChange) {
        this.clock = clock;
        this.onChange = onChange;
    }

    public OfferingMemory current() {
        return memory.get();
    }

    public void learn(Blockage blockage) {
        Instant now = clock.instant();
        memory.updateAndGet(known -> known.with(blockage, now));
        onChange.run();
    }

    /**
     * A machine of that offering runs: whatever said otherwise before it was accepted is forgotten. That it is accepted alone
     * says nothing, as providers find out later what they have no room for.
     */
    public void had(Offering offering, Instant accepted) {
        if (memory.get().blocking(offering, clock.instant()).isPresent()) {
            memory.updateAndGet(known -> known.cleared(offering, accepted));
            onChange.run();
        }
    }
}
