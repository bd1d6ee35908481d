package dev.shedmaster.kube;

import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.LeakCollection;
import dev.shedmaster.kube.ci.AgentLeaks;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.kube.machine.HostAccounts;
import dev.shedmaster.kube.machine.LeakCollector;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.worker.WorkerIndex;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for what is left behind, everywhere in turn. What goes wrong in one place does not keep us from the next. */
final class Sweeper implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final LeakCollector machines;
    private final AgentLeaks agents;
    private final Connections<MachineLink> machineLinks;
    private final Connections<CiLink> ciLinks;
    private final KnownObjects<AzureSubscription> accounts;
    private final KnownObjects<JenkinsServer> servers;
    private final HostAccounts hosts;
    private final WorkerIndex workers;
    private final InstantSource clock;
    private final Feed<Nothing> rounds;

    Sweeper(
            LeakCollector machines,
            AgentLeaks agents,
            Connections<MachineLink> machineLinks,
            Connections<CiLink> ciLinks,
            KnownObjects<AzureSubscription> accounts,
            KnownObjects<JenkinsServer> servers,
            HostAccounts hosts,
            WorkerIndex workers,
            Duration every,
            InstantSource clock) {
        this.machines = machines;
        this.agents = agents;
        this.machineLinks = machineLinks;
        this.ciLinks = ciLinks;
        this.accounts = accounts;
        this.servers = servers;
        this.hosts = hosts;
        this.workers = workers;
        this.clock = clock;
        this.rounds = new Feed<>("leaks", this::round, (before, now) -> every, every, clock, (before, now) -> {});
    }

    void start() {
        rounds.start();
    }

    @Override
    public void close() {
        rounds.close();
    }

    private Outcome<Nothing> round() {
        Instant now = clock.instant();
        closeTheAbandoned();
        hosts.adopt(workers.accounts());
        machines.keepOnly(Stream.concat(
                        accounts.objects().map(Names::of),
                        machineLinks.names().stream().filter(hosts::isThere))
                .collect(Collectors.toSet()));
        machineLinks.forEach((account, link) -> wish(account)
                .ifPresent(wish ->
                        look(account, () -> machines.collect(account, wish, link, workers::accountedFor, now))));
        agents.keepOnly(ciLinks.names());
        ciLinks.forEach((source, link) -> look(source, () -> agents.collect(source, link, workers::names, now)));
        return Outcome.done(Nothing.NOTHING);
    }

    private Optional<LeakCollection> wish(String account) {
        return hosts.isThere(account)
                ? Optional.of(LeakCollection.DEFAULT)
                : accounts.find(account)
                        .map(subscription -> subscription.getSpec().leakCollection());
    }

    /** Whose object a person has taken away by force is looked at by no reconciler any more: it serves its last workers. */
    private void closeTheAbandoned() {
        machineLinks.names().stream()
                .filter(account ->
                        accounts.find(account).isEmpty() && !hosts.isThere(account) && !workers.usesAccount(account))
                .forEach(machineLinks::drop);
        ciLinks.names().stream()
                .filter(source -> servers.find(source).isEmpty() && !workers.servesAt(source))
                .forEach(ciLinks::drop);
    }

    /** A defect in an adapter is met again in each round: the other places must not wait for its end. */
    private static void look(String place, Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            log.atError().addKeyValue("place", place).setCause(e).log("Looking for leaks failed unexpectedly");
        }
    }
}
