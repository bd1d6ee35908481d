package dev.shedmaster.ci.jenkins;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.AgentState.RunningJob;
import dev.shedmaster.port.MachineOwner;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A computer as Jenkins' remote API tells it (reference: jenkins.md, section 1.4).
 *
 * @param builtIn the controller's own
 * @param connected whether its agent is; of one that is marked offline, Jenkins says so only to who may connect agents
 * @param markedOffline whether somebody has marked it offline, for it to be given no build
 * @param offlineReason why it is offline
 * @param labels what jobs can ask for; a node's own name is one of them, so a computer without any has lost its node
 * @param executors how many builds it takes at once, flyweight ones aside
 * @param idleExecutors those that wait for a build
 * @param builds those that are assigned or run, flyweight ones included, the one that runs longest first
 * @param runningItems the queue items that its builds came from, as far as Jenkins tells
 * @param hiddenBuilds builds of which Jenkins tells nothing: they have not begun, or the credential may not see them
 */
record Computer(
        String name,
        String description,
        boolean builtIn,
        boolean connected,
        boolean markedOffline,
        String offlineReason,
        Set<String> labels,
        int executors,
        int idleExecutors,
        List<RunningJob> builds,
        Set<Long> runningItems,
        int hiddenBuilds) {
    Computer {
        labels = Set.copyOf(labels);
        builds = List.copyOf(builds);
        runningItems = Set.copyOf(runningItems);
    }

    /** Whether its node exists; a deleted one stays listed while its build is busy. */
    boolean registered() {
        return builtIn || !labels.isEmpty();
    }

    /** Whether it could take a build this moment. */
    boolean idle() {
        return connected && !markedOffline && registered() && idleExecutors > 0;
    }

    /** What it does for those who do not own it. */
    OutsideAgents.State outsideState() {
        if (idle()) {
            return OutsideAgents.State.FREE;
        }
        return connected && !markedOffline ? OutsideAgents.State.BUSY : OutsideAgents.State.AWAY;
    }

    Optional<MachineOwner> owner() {
        return OwnershipMark.in(description, name);
    }

    /** What jobs can ask for beside its own name, which Jenkins adds to every node's. */
    Set<String> givenLabels() {
        Set<String> given = new HashSet<>(labels);
        given.remove(name);
        return given;
    }

    AgentState state() {
        return state(givenLabels());
    }

    /** @param given its {@link #givenLabels}: a set that computers with the same ones may share */
    AgentState state(Set<String> given) {
        return new AgentState(
                name,
                connected,
                registered() && !markedOffline,
                markedOffline ? OfflineMark.in(offlineReason).orElse(null) : null,
                builds,
                registered(),
                owner().orElse(null),
                given,
                executors);
    }
}
