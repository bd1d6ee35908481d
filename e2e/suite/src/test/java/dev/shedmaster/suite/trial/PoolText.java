package dev.shedmaster.suite.trial;

import dev.shedmaster.lab.azure.Options;
import dev.shedmaster.suite.world.World;
import java.util.ArrayList;
import java.util.List;

/**
 * A WorkerPool as a user writes it. Every part but the name is YAML in its flow style, without the outer brackets.
 *
 * @param jenkins below {@code spec.ci.jenkins}
 * @param machine below {@code spec.machine}
 * @param placements each one a whole placement
 * @param scaling below {@code spec.scaling}
 * @param lifecycle below {@code spec.lifecycle}
 */
public record PoolText(
        String name, String jenkins, String machine, List<String> placements, String scaling, String lifecycle) {

    /** A pool for the label {@code amd64}, with machines on demand, of which each runs one job. */
    public static PoolText named(String name) {
        return new PoolText(
                name,
                "serverRef: {name: jenkins}, labels: [amd64]",
                "architecture: amd64, cpus: 4, memory: 16Gi",
                List.of(),
                "max: 3, idleTimeout: 5s",
                "maxJobs: 1");
    }

    /** A pool for the labels {@code arm64} and {@code kvm}, whose workers are containers on hosts of the class {@code rx220}. */
    public static PoolText onHosts(String name) {
        return onHosts(name, "name: worker-jenkins");
    }

    /**
     * The same with another image.
     *
     * @param image below {@code hosts.image}
     */
    public static PoolText onHosts(String name, String image) {
        return named(name)
                .labels("arm64, kvm")
                .machine("architecture: arm64, cpus: 16, memory: 48Gi, kvm: Required")
                .placement("{name: own-hosts, hosts: {selector: {matchLabels: {class: rx220}}, isolation: Container,"
                        + " image: {" + image + "}}}");
    }

    public PoolText labels(String labels) {
        return jenkins("serverRef: {name: jenkins}, labels: [" + labels + "]");
    }

    public PoolText jenkins(String changed) {
        return new PoolText(name, changed, machine, placements, scaling, lifecycle);
    }

    public PoolText machine(String changed) {
        return new PoolText(name, jenkins, changed, placements, scaling, lifecycle);
    }

    public PoolText scaling(String changed) {
        return new PoolText(name, jenkins, machine, placements, changed, lifecycle);
    }

    public PoolText lifecycle(String changed) {
        return new PoolText(name, jenkins, machine, placements, scaling, changed);
    }

    /** One more way to get a machine, at the lab's subnet and with its image. */
    public PoolText placement(World world, String placement, String size, String priority) {
        return placement(world, placement, size, priority, "stable");
    }

    /** The same with another image of the lab's gallery. */
    public PoolText placement(World world, String placement, String size, String priority, String image) {
        String subscription = world.lab().azure().options().account().subscriptionId();
        String gallery = Options.galleryImageId(subscription);
        return placement(
                "{name: %s, azure: {subscriptionRef: {name: azure}, vmSizes: [%s], priority: %s, image: {id: %s},"
                                .formatted(
                                        placement,
                                        size,
                                        priority,
                                        gallery.replace("/images/stable", "/images/" + image))
                        + " osDisk: {ephemeral: true}, subnetId: " + Options.subnetId(subscription) + "}}");
    }

    public PoolText placement(String whole) {
        List<String> more = new ArrayList<>(placements);
        more.add(whole);
        return new PoolText(name, jenkins, machine, more, scaling, lifecycle);
    }

    /** The manifest. A pool without a placement gets one on demand. */
    public String yaml(World world) {
        if (placements.isEmpty()) {
            return placement(world, "main", "Standard_D8ds_v5", "OnDemand").yaml(world);
        }
        return """
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {name: %s}
                spec:
                  ci: {jenkins: {%s}}
                  machine: {%s}
                  placements: [%s]
                  scaling: {%s}
                  lifecycle: {%s}
                """.formatted(name, jenkins, machine, String.join(", ", placements), scaling, lifecycle);
    }
}
