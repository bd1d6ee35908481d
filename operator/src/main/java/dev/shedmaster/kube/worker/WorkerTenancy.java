package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.HostMachine;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.worker.Silence;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.host.HostTenancy;
import dev.shedmaster.kube.host.HostTenant;
import dev.shedmaster.kube.machine.HostOfferings;
import dev.shedmaster.kube.status.KnownObjects;
import dev.shedmaster.kube.status.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Which workers hosts have: by their objects, and by what their CI systems say of their agents. */
public final class WorkerTenancy implements HostTenancy {
    private static final String HOST = "host";

    /**
     * How workers are found by their host. Hosts that wait for each other's turns ask for those of all of them every few seconds:
     * looking through all workers for each would take a core where hundreds wait.
     */
    public static final Map<String, Function<Worker, List<String>>> INDICES = Map.of(HOST, WorkerTenancy::host);

    private final KnownObjects<Worker> workers;
    private final Connections<CiLink> ciLinks;

    public WorkerTenancy(KnownObjects<Worker> workers, Connections<CiLink> ciLinks) {
        this.workers = workers;
        this.ciLinks = ciLinks;
    }

    @Override
    public List<HostTenant> of(String host) {
        return workers.objects(HOST, host)
                .filter(worker -> !WorkerRecords.isGone(worker))
                .flatMap(worker -> tenant(worker).stream())
                .toList();
    }

    private static List<String> host(Worker worker) {
        HostMachine machine = WorkerRecords.placement(worker).host();
        return machine == null ? List.of() : List.of(Names.of(worker, machine.hostRef()));
    }

    private Optional<HostTenant> tenant(Worker worker) {
        HostMachine machine = WorkerRecords.placement(worker).host();
        return machine == null
                ? Optional.empty()
                : Optional.of(
                        switch (agent(worker)) {
                            case AgentSight.Present agent ->
                                new HostTenant(
                                        HostOfferings.amount(machine),
                                        agent.jobs().size(),
                                        agent.online());
                            case AgentSight.Absent none -> new HostTenant(HostOfferings.amount(machine), 0, false);
                            // That nobody tells of an agent is no silence of its own.
                            case AgentSight.Unknown unknown ->
                                new HostTenant(HostOfferings.amount(machine), recordedJobs(worker), true);
                        });
    }

    private AgentSight agent(Worker worker) {
        String name = worker.getMetadata().getName();
        return WorkerSurroundings.source(worker)
                .flatMap(ciLinks::find)
                .map(link -> link.sight(name))
                .orElseGet(() -> new AgentSight.Unknown(new Silence("its CI system", null)));
    }

    private static int recordedJobs(Worker worker) {
        return worker.getStatus() == null ? 0 : worker.getStatus().jobs().size();
    }
}
