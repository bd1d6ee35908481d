package dev.shedmaster.suite.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.suite.world.OperatorProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The operator, installed as the chart does it, leads by the lease that the chart names")
@ExtendWith(Cluster.Parameter.class)
class LeaderElectionTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String POD = "fleet-shedmaster-5c9d7";

    @Test
    void aStandbyTakesOverWhenTheLeaderGoes(Cluster cluster, @TempDir Path folder) {
        String namespace = install(cluster, "leads", "");
        List<String> flags = List.of("--leader-election", "--lease-name=fleet-shedmaster");
        try (OperatorProcess first = start(cluster, namespace, folder.resolve("first.log"), flags)) {
            await().atMost(PATIENCE).until(() -> holder(cluster, namespace).isPresent());
            String leader = holder(cluster, namespace).orElseThrow();
            assertThat(leader).startsWith(POD + "-");
            await().atMost(PATIENCE).until(first::isReady);
            try (OperatorProcess second = start(cluster, namespace, folder.resolve("second.log"), flags)) {
                // Ready without leading: a rollout waits for that before it ends the old one.
                await().atMost(PATIENCE).until(second::isReady);
                assertThat(holder(cluster, namespace)).contains(leader);
                // Ended in order, and not by the force that follows when a hand-over takes too long.
                assertThat(first.stop()).as(first.log()).isZero();
                await().atMost(PATIENCE)
                        .until(() -> holder(cluster, namespace)
                                .filter(now -> !now.equals(leader))
                                .isPresent());
                assertThat(second.log()).doesNotContainIgnoringCase("forbidden");
            }
            assertThat(first.log()).doesNotContainIgnoringCase("forbidden");
        }
    }

    @Test
    void withoutElectionItAsksForNoLease(Cluster cluster, @TempDir Path folder) {
        String namespace = install(cluster, "leads-not", "leaderElection: {enabled: false}");
        try (OperatorProcess operator =
                start(cluster, namespace, folder.resolve("operator.log"), List.of("--no-leader-election"))) {
            await().atMost(PATIENCE).until(operator::isReady);
            assertThat(holder(cluster, namespace)).isEmpty();
            assertThat(operator.log()).doesNotContainIgnoringCase("forbidden");
        }
    }

    private static String install(Cluster cluster, String namespace, String values) {
        cluster.namespace(namespace);
        cluster.apply(cluster.chart().template(namespace, values).mustSucceed());
        return namespace;
    }

    private static OperatorProcess start(Cluster cluster, String namespace, Path log, List<String> flags) {
        return OperatorProcess.start(
                cluster.kubeconfigOf(namespace, "fleet-shedmaster"),
                Map.of("POD_NAME", POD),
                namespace,
                List.of(namespace),
                log,
                List.of(),
                flags);
    }

    private static Optional<String> holder(Cluster cluster, String namespace) {
        Lease lease = cluster.client()
                .leases()
                .inNamespace(namespace)
                .withName("fleet-shedmaster")
                .get();
        return lease == null
                ? Optional.empty()
                : Optional.ofNullable(lease.getSpec().getHolderIdentity());
    }
}
