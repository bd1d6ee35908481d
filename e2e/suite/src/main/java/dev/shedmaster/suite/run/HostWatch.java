package dev.shedmaster.suite.run;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.api.v1alpha1.HostRoom;
import dev.shedmaster.lab.azure.estate.LifeRecord;
import dev.shedmaster.lab.jenkins.controller.WorkRecord;
import dev.shedmaster.lab.robot.estate.Account;
import dev.shedmaster.suite.run.Hosts.HostRow;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Looks at the hosts: at their objects as {@code kubectl} would, and at what really runs on their servers. */
final class HostWatch {
    private final World world;
    private final Map<String, Duration> firstReady = new TreeMap<>();

    HostWatch(World world) {
        this.world = world;
    }

    Hosts look(Instant now) {
        List<BareMetalHost> hosts = world.cluster()
                .client()
                .resources(BareMetalHost.class)
                .inAnyNamespace()
                .list()
                .getItems();
        hosts.stream()
                .filter(host -> status(host).phase() == HostPhase.READY)
                .forEach(host -> firstReady.computeIfAbsent(
                        host.getMetadata().getName(), _ -> Duration.between(created(host), now)));
        return new Hosts(
                hosts.stream()
                        .map(HostWatch::row)
                        .sorted(Comparator.comparing(HostRow::name))
                        .toList(),
                jobs(),
                firstReady);
    }

    private static BareMetalHostStatus status(BareMetalHost host) {
        return host.getStatus() == null ? BareMetalHostStatus.initial() : host.getStatus();
    }

    private static Instant created(BareMetalHost host) {
        return Instant.parse(host.getMetadata().getCreationTimestamp());
    }

    private static HostRow row(BareMetalHost host) {
        BareMetalHostStatus status = status(host);
        HostRoom room = status.room();
        return new HostRow(
                host.getMetadata().getName(),
                status.phase(),
                room == null ? 0 : room.workers(),
                room == null ? "" : room.cpus(),
                room == null ? "" : room.memory(),
                room == null || room.kvm() == null ? "" : room.kvm(),
                status.message() == null ? "" : status.message());
    }

    /** A machine is called as its worker and its node: what ran on none of Azure's ran on a host. */
    private int jobs() {
        Set<String> atAzure =
                world.lab().azure().lives().stream().map(LifeRecord::name).collect(Collectors.toSet());
        return (int) world.lab().jenkins().controller().lab().work().stream()
                .filter(work -> !work.task().flyweight())
                .map(WorkRecord::node)
                .filter(node -> node != null && !atAzure.contains(node))
                .count();
    }

    /** How many workers' units are on the servers, whatever the objects say. */
    int unitsLeft() {
        Account account = world.lab().robot().account();
        return account.locked(() -> account.standing()).stream()
                .flatMap(server -> server.power().workerHost().stream())
                .mapToInt(host -> host.workers().size())
                .sum();
    }
}
