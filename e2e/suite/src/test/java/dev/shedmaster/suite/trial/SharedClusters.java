package dev.shedmaster.suite.trial;

import dev.shedmaster.controlplane.ControlPlane;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.suite.world.Cluster;
import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The API servers of all tests: one on which one operator serves every namespace, and one whose namespaces have operators of
 * their own. Each starts when a test first asks for it.
 */
final class SharedClusters implements AutoCloseable {
    private final AtomicInteger worlds = new AtomicInteger();
    private @Nullable World home;
    private @Nullable Cluster empty;

    /** A namespace's name that no other test has. */
    String freshNamespace(String test) {
        String words =
                test.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String cut = words.substring(0, Math.min(40, words.length()));
        return cut.replaceAll("^-+|-+$", "") + "-" + worlds.incrementAndGet();
    }

    /** The cluster that is served as a whole. */
    Cluster served() {
        return home().cluster();
    }

    /** The operator that serves it. */
    OperatorProcess operator() {
        return home().operators().getLast();
    }

    /** Whether that operator was ever started. */
    synchronized boolean hasOperator() {
        return home != null;
    }

    private synchronized World home() {
        if (home == null) {
            Cluster cluster = Cluster.start(ControlPlane.Options.defaults().withHelm());
            home = World.in(cluster, "shedmaster", JenkinsOptions.swift(), 1, UnaryOperator.identity())
                    .installed(List.of("watchNamespaces=[]"));
            // Without a lease: where a slow machine makes it lose one, it ends, and nobody would start it again here.
            home.startOperatorForAll("--no-leader-election");
        }
        return home;
    }

    /** The cluster on which no operator runs but those that tests start. */
    synchronized Cluster unserved() {
        if (empty == null) {
            empty = Cluster.start(ControlPlane.Options.defaults().withHelm().withStoppableApiServer());
        }
        return empty;
    }

    @Override
    public synchronized void close() {
        if (home != null) {
            home.close();
            home.cluster().close();
        }
        if (empty != null) {
            empty.close();
        }
    }
}
