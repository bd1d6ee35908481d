package dev.shedmaster.kube.host;

import dev.shedmaster.core.slot.Amount;

/**
 * A worker that has a slot of a host, or waits for it to start.
 *
 * @param amount what it takes
 * @param jobs how many jobs it runs, as its CI system says or as was last known
 * @param isHeard whether its agent is connected to its CI system
 */
public record HostTenant(Amount amount, int jobs, boolean isHeard) {}
