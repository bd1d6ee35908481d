package dev.shedmaster.kube.ci;

import dev.shedmaster.core.leak.LeakLedger;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes registrations away that are ours, run nothing, and that no worker accounts for: two looks, and a grace period. */
public final class AgentLeaks {
    private static final Logger log = LoggerFactory.getLogger(AgentLeaks.class);
    private static final LeakLedger.Rules RULES = new LeakLedger.Rules(2, Duration.ofMinutes(5), 50, false);

    private final String installation;
    private final Map<String, LeakLedger> ledgers = new ConcurrentHashMap<>();

    public AgentLeaks(String installation) {
        this.installation = installation;
    }

    /** Forgets the CI systems that are none of these: they are not connected any more. */
    public void keepOnly(Set<String> sources) {
        ledgers.keySet().retainAll(sources);
    }

    /**
     * One round at one CI system.
     *
     * @param source {@code namespace/name}
     * @param known the agents that workers account for
     */
    public void collect(String source, CiLink link, Supplier<Set<String>> known, Instant now) {
        CiSnapshot snapshot = link.latest().within(CiLink.TOO_OLD, now);
        if (snapshot == null) {
            return;
        }
        Set<String> accounted = known.get();
        Set<String> left = snapshot.agents().values().stream()
                .filter(agent -> isOurs(agent, source) && agent.jobs().isEmpty() && !accounted.contains(agent.name()))
                .map(AgentState::name)
                .collect(Collectors.toSet());
        LeakLedger.Reading reading =
                ledgers.getOrDefault(source, LeakLedger.empty(RULES)).observe(left, now);
        ledgers.put(source, reading.ledger());
        for (String agent : reading.ripe()) {
            tell(source, agent, removeIfIdle(link, agent));
        }
    }

    /**
     * The reading is up to minutes old, and a job may have begun since: so no more are let in, and then it is looked at once
     * more. One that is busy is taken away in a later round.
     *
     * @return whether it was removed
     */
    private static Outcome<Boolean> removeIfIdle(CiLink link, String agent) {
        return link.stopAccepting(agent, "no Worker accounts for this agent: it is taken away once it is idle")
                .then(stopped -> link.ask(agent))
                .then(found -> found instanceof AgentSight.Present present
                                && present.jobs().isEmpty()
                        ? link.remove(agent).map(removed -> true)
                        : Outcome.done(false));
    }

    private static void tell(String source, String agent, Outcome<Boolean> removal) {
        switch (removal) {
            case Outcome.Done<Boolean> done ->
                log.atWarn()
                        .addKeyValue("source", source)
                        .log(
                                done.value()
                                        ? "Removed the registration of {}, which no worker accounts for"
                                        : "No worker accounts for {}; it is gone, or runs a job and may end it",
                                agent);
            case Outcome.Failed<Boolean> failed ->
                log.atWarn()
                        .addKeyValue("source", source)
                        .log(
                                "The registration of {} could not be removed: {}",
                                agent,
                                failed.error().message());
        }
    }

    private boolean isOurs(AgentState agent, String source) {
        return agent.registered()
                && agent.owner() != null
                && agent.owner().installation().equals(installation)
                && MachineOwner.isBeside(source, agent.owner().worker());
    }
}
