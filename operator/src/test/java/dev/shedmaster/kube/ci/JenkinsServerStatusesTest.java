package dev.shedmaster.kube.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.JenkinsCredentials;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerSpec;
import dev.shedmaster.api.v1alpha1.JenkinsServerStatus;
import dev.shedmaster.api.v1alpha1.PollInterval;
import dev.shedmaster.api.v1alpha1.SecretReference;
import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.UnmatchedDemand;
import dev.shedmaster.kube.fleet.LatestPlan;
import dev.shedmaster.kube.status.Told;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JenkinsServerStatusesTest {
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");
    private static final Outcome<List<String>> NOTHING_MISSING = Outcome.done(List.of());

    private final LatestPlan latest = new LatestPlan(pool -> {}, source -> {});
    private final JenkinsServerStatuses statuses = new JenkinsServerStatuses(latest, InstantSource.fixed(NINE));

    private static JenkinsServer server() {
        JenkinsServer server = new JenkinsServer();
        server.setMetadata(new ObjectMetaBuilder()
                .withNamespace("ci")
                .withName("jenkins")
                .withGeneration(1L)
                .build());
        server.setSpec(new JenkinsServerSpec(
                "https://jenkins.example.org/",
                new JenkinsCredentials(new SecretReference("token")),
                null,
                PollInterval.DEFAULT,
                null,
                null));
        return server;
    }

    private void nobodyServes(String label) throws LabelSyntaxException {
        Labelled requirement = new Labelled(LabelExpression.parse(label));
        latest.publish(
                new FleetPlan(
                        List.of(),
                        List.of(new UnmatchedDemand(
                                "ci/jenkins",
                                requirement,
                                1,
                                new QueuedJob("ci/jenkins", "1", "kernel #1", requirement, NINE),
                                "the nearest pool lacks it")),
                        Map.of(),
                        null),
                NINE);
    }

    private JenkinsServerStatus tell(Outcome<List<String>> missing) {
        try (CiLink link = link(Map.of())) {
            return statuses.tell(server(), Outcome.done(link), missing);
        }
    }

    /** A link that has read a queue in which some jobs do not say what they want. */
    private static CiLink link(Map<String, Integer> obscure) {
        CiLink link = new CiLink(
                "ci/jenkins",
                new QuietCi(() -> Outcome.done(new CiSnapshot(NINE, "2.1", List.of(), obscure, 0, Map.of()))),
                (before, now) -> Duration.ofHours(1),
                InstantSource.system(),
                corrected -> {},
                (before, now) -> {});
        link.start();
        await().until(() -> link.latest().value() != null);
        return link;
    }

    @Test
    void thereIsNoReasonWhileEverythingIsServed() {
        assertThat(tell(NOTHING_MISSING).reason()).isNull();
    }

    @Test
    void aJobThatNoPoolServesIsTheReason() throws LabelSyntaxException {
        nobodyServes("riscv64");

        assertThat(tell(NOTHING_MISSING).reason()).isEqualTo("no pool serves riscv64; see status.unmatched");
    }

    @Test
    void jobsThatCannotBeReadAreTheReason() {
        try (CiLink link = link(Map.of("the label is not valid", 2))) {
            assertThat(statuses.tell(server(), Outcome.done(link), NOTHING_MISSING)
                            .reason())
                    .isEqualTo("what some jobs ask for cannot be read: 2 × the label is not valid");
        }
    }

    @Test
    void aPermissionThatIsMissingMattersMore() throws LabelSyntaxException {
        nobodyServes("riscv64");

        assertThat(tell(Outcome.done(List.of("Agent/Create"))).reason()).contains("lacks Agent/Create");
    }

    @Test
    void aSecretThatMayNotBeReadSaysNothingOfJenkins() {
        PortError forbidden = new PortError.Unauthorized("may not read Secret ci/token: grant it");

        JenkinsServerStatus status = statuses.tell(server(), Outcome.failed(forbidden), Outcome.failed(forbidden));

        assertThat(Told.of(status.conditions(), Condition.READY))
                .isEqualTo("FALSE Unreadable: may not read Secret ci/token: grant it");
        assertThat(Told.of(status.conditions(), Condition.REACHABLE)).startsWith("UNKNOWN NotTried");
        assertThat(Told.of(status.conditions(), Condition.CREDENTIALS_VALID)).startsWith("UNKNOWN Unreadable");
    }
}
