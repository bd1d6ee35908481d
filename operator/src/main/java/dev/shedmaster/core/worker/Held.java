package dev.shedmaster.core.worker;

import java.time.Duration;

/**
 * How long a worker has waited so far, all waits together, for what says nothing of its machine.
 *
 * @param byUs for its turn among our own calls, and for an operator that was not there
 * @param unregistered for a CI system that did not register it
 */
public record Held(Duration byUs, Duration unregistered) {
    public static final Held NOT = new Held(Duration.ZERO, Duration.ZERO);

    Duration total() {
        return byUs.plus(unregistered);
    }
}
