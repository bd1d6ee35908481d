package dev.shedmaster.lab.guest;

import dev.shedmaster.lab.agent.AgentDescription;
import java.time.Duration;

/**
 * The agent as the guest's service runs it.
 *
 * @param onExit what the service does when the program ends
 * @param restartAfter how long it waits before it starts the program anew, where it does
 */
record AgentUnit(AgentDescription description, OnExit onExit, Duration restartAfter) {

    enum OnExit {
        POWER_OFF,
        RESTART,
        RESTART_ON_FAILURE,
        NOTHING
    }
}
