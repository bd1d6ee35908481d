package dev.shedmaster.kube;

import java.time.Duration;
import java.util.Set;

/**
 * How the operator runs.
 *
 * @param namespaces whose objects it serves; empty for all
 * @param ownNamespace where it runs and keeps its lease
 * @param identity names this process among the replicas
 * @param installation marks what belongs to this installation in accounts and CI systems that others may share
 * @param leaderElection whether to wait for the lease before acting; only tests do without
 * @param leaseName the lease's name
 * @param looksForLeaksEvery the pause between two looks for what is left behind at accounts and CI systems
 * @param reconciliationsAtOnce how many objects are worked on at a time, mostly waiting for other systems
 */
public record OperatorOptions(
        Set<String> namespaces,
        String ownNamespace,
        String identity,
        String installation,
        boolean leaderElection,
        String leaseName,
        Duration looksForLeaksEvery,
        int reconciliationsAtOnce) {
    public OperatorOptions {
        namespaces = Set.copyOf(namespaces);
        if (!looksForLeaksEvery.isPositive()) {
            throw new IllegalArgumentException("looksForLeaksEvery: must be above zero");
        }
    }
}
