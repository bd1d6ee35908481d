package dev.shedmaster.kube.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.ConditionStatus;
import dev.shedmaster.api.v1alpha1.JenkinsCredentials;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.JenkinsServerSpec;
import dev.shedmaster.api.v1alpha1.JenkinsServerStatus;
import dev.shedmaster.api.v1alpha1.JenkinsSession;
import dev.shedmaster.api.v1alpha1.PollInterval;
import dev.shedmaster.api.v1alpha1.QueueCounts;
import dev.shedmaster.api.v1alpha1.SecretReference;
import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.UnmatchedDemand;
import dev.shedmaster.kube.fleet.LatestPlan;
import dev.shedmaster.kube.status.Told;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JenkinsServerStatusesTest {
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");
    private static final Outcome<List<MissingPermission>> NOTHING_MISSING = Outcome.done(List.of());

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
        noPoolServes(unmatched(label, 1, null));
    }

    private void noPoolServes(UnmatchedDemand... demand) {
        latest.publish(new FleetPlan(List.of(), List.of(demand), Map.of(), null));
    }

    private static UnmatchedDemand unmatched(String label, int jobs, OutsideAgents.@Nullable Agent elsewhere)
            throws LabelSyntaxException {
        Labelled requirement = new Labelled(LabelExpression.parse(label));
        return new UnmatchedDemand(
                "ci/jenkins",
                requirement,
                jobs,
                new QueuedJob("ci/jenkins", "1", "kernel #1", requirement, NINE),
                "the nearest pool lacks it",
                elsewhere);
    }

    private static String demandMatched(JenkinsServerStatus status) {
        return status.conditions().stream()
                .filter(condition -> condition.type().equals(Condition.DEMAND_MATCHED))
                .map(condition -> condition.status() + ": " + condition.reason() + ": " + condition.message())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void howLongSoeverALabelIsTheStatusEndsSomewhere() {
        Labelled requirement = new Labelled(new LabelExpression.Atom("x".repeat(500_000)));
        noPoolServes(new UnmatchedDemand(
                "ci/jenkins",
                requirement,
                1,
                new QueuedJob("ci/jenkins", "1", "kernel #1", requirement, NINE),
                "the nearest pool lacks " + "x".repeat(500_000),
                null));
        assertThat(statuses.tell(server(), Outcome.failed(new PortError.Transient("away")), NOTHING_MISSING, List.of())
                        .toString())
                .hasSizeLessThan(5_000);
    }

    @Test
    void theRunOfJenkinsIsRememberedUntilAnotherAnswers() {
        JenkinsSession remembered = new JenkinsSession("1a2b3c4d", NINE);
        JenkinsServer server = server();
        JenkinsServerStatus before =
                statuses.tell(server, Outcome.failed(new PortError.Transient("away")), NOTHING_MISSING, List.of());
        assertThat(before.session()).isNull();
        server.setStatus(new JenkinsServerStatus(1L, List.of(), "2.1", remembered, QueueCounts.EMPTY, List.of(), null));

        assertThat(statuses.tell(server, Outcome.failed(new PortError.Transient("away")), NOTHING_MISSING, List.of())
                        .session())
                .isEqualTo(remembered);
        assertThat(statuses.tellLeaving(server).session()).isEqualTo(remembered);
        try (CiLink link = new CiLink(
                "ci/jenkins",
                new QuietCi(() -> Outcome.failed(new PortError.Transient("away"))) {
                    @Override
                    public CiSession session() {
                        return new CiSession("5e6f7a8b", NINE.plusSeconds(60));
                    }
                },
                (read, now) -> Duration.ofHours(1),
                InstantSource.system(),
                corrected -> {},
                (read, now) -> {})) {
            assertThat(statuses.tell(server, Outcome.done(link), NOTHING_MISSING, List.of())
                            .session())
                    .isEqualTo(new JenkinsSession("5e6f7a8b", NINE.plusSeconds(60)));
        }
    }

    private JenkinsServerStatus tell(Outcome<List<MissingPermission>> missing) {
        try (CiLink link = link(Map.of())) {
            return statuses.tell(server(), Outcome.done(link), missing, List.of());
        }
    }

    /** A link that has read a queue in which some jobs do not say what they want. */
    private static CiLink link(Map<String, Integer> obscure) {
        CiLink link = new CiLink(
                "ci/jenkins",
                new QuietCi(() ->
                        Outcome.done(new CiSnapshot(NINE, "2.1", List.of(), obscure, 0, Map.of(), OutsideAgents.NONE))),
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
    void jobsThatAnAgentOutsideTheFleetCanTakeAreToldAndNoTrouble() throws LabelSyntaxException {
        noPoolServes(
                unmatched("s390x", 2, new OutsideAgents.Agent("z-1", OutsideAgents.State.AWAY)),
                unmatched("sparc", 1, new OutsideAgents.Agent("sun-1", OutsideAgents.State.BUSY)));

        JenkinsServerStatus status = tell(NOTHING_MISSING);
        assertThat(demandMatched(status))
                .isEqualTo(
                        "TRUE: ServedElsewhere: no pool serves some jobs, but agents can take them that are not of this"
                                + " fleet: 2 × s390x, such as z-1, which is offline; 1 × sparc, such as sun-1");
        assertThat(status.reason()).isNull();
        assertThat(status.unmatched()).isEmpty();
        assertThat(status.queue().unmatched()).isZero();
        assertThat(status.queue().elsewhere()).isEqualTo(3);
    }

    @Test
    void jobsThatNobodyServesAreToldFirst() throws LabelSyntaxException {
        noPoolServes(
                unmatched("s390x", 2, new OutsideAgents.Agent("z-1", OutsideAgents.State.AWAY)),
                unmatched("riscv64", 4, null));

        JenkinsServerStatus status = tell(NOTHING_MISSING);
        assertThat(demandMatched(status)).startsWith("FALSE: NoPoolServes: no pool serves riscv64;");
        assertThat(status.queue().unmatched()).isEqualTo(4);
        assertThat(status.queue().elsewhere()).isEqualTo(2);
    }

    @Test
    void whoeverAsksForMuchThatIsServedElsewhereGetsAFewExamples() throws LabelSyntaxException {
        UnmatchedDemand[] demand = new UnmatchedDemand[8];
        for (int i = 0; i < demand.length; i++) {
            demand[i] = unmatched("label-" + i, 1, new OutsideAgents.Agent("z-1", OutsideAgents.State.BUSY));
        }
        noPoolServes(demand);

        assertThat(demandMatched(tell(NOTHING_MISSING)))
                .contains("label-4")
                .doesNotContain("label-5")
                .endsWith("; and 3 more");
    }

    @Test
    void jobsThatCannotBeReadAreTheReason() {
        try (CiLink link = link(Map.of("the label is not valid", 2))) {
            assertThat(statuses.tell(server(), Outcome.done(link), NOTHING_MISSING, List.of())
                            .reason())
                    .isEqualTo("what some jobs ask for cannot be read: 2 × the label is not valid");
        }
    }

    @Test
    void aPermissionThatIsMissingMattersMore() throws LabelSyntaxException {
        nobodyServes("riscv64");

        assertThat(tell(Outcome.done(List.of(new MissingPermission("Agent/Create", true))))
                        .reason())
                .contains("lacks Agent/Create");
    }

    @Test
    void aSecretThatMayNotBeReadSaysNothingOfJenkins() {
        PortError forbidden = new PortError.Unauthorized("may not read Secret ci/token: grant it");

        JenkinsServerStatus status =
                statuses.tell(server(), Outcome.failed(forbidden), Outcome.failed(forbidden), List.of());

        assertThat(Told.of(status.conditions(), Condition.READY))
                .isEqualTo("FALSE Unreadable: may not read Secret ci/token: grant it");
        assertThat(Told.of(status.conditions(), Condition.REACHABLE)).startsWith("UNKNOWN NotTried");
        assertThat(Told.of(status.conditions(), Condition.CREDENTIALS_VALID)).startsWith("UNKNOWN Unreadable");
    }

    @Test
    void whoStandsForTheSameJenkinsIsNamed() {
        try (CiLink link = link(Map.of())) {
            JenkinsServerStatus status =
                    statuses.tell(server(), Outcome.done(link), NOTHING_MISSING, List.of("a/jenkins", "b/jenkins"));
            String what =
                    "the same Jenkins is a/jenkins and b/jenkins: a job gets a machine from each whose pools serve"
                            + " its label; let one JenkinsServer serve all pools";
            assertThat(status.reason()).isEqualTo(what);
            assertThat(statuses.tell(server(), Outcome.done(link), NOTHING_MISSING, null)
                            .conditions())
                    .filteredOn(condition -> condition.type().equals(Condition.UNIQUE))
                    .extracting(Condition::status)
                    .containsExactly(ConditionStatus.UNKNOWN);
            assertThat(status.conditions())
                    .filteredOn(condition -> condition.type().equals(Condition.UNIQUE))
                    .extracting(Condition::status, Condition::reason, Condition::message)
                    .containsExactly(tuple(ConditionStatus.FALSE, "SameJenkins", what));
        }
    }
}
