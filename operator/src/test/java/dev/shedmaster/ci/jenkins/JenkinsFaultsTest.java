package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.lab.agent.RunningAgent;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.access.JenkinsUser;
import dev.shedmaster.lab.jenkins.access.Permission;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.fault.Fault;
import dev.shedmaster.lab.jenkins.fault.Latency;
import dev.shedmaster.lab.jenkins.fault.Scope;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.CiSystem;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Jenkins does: a message that a person can act on, nothing lost, and the next reading heals. */
class JenkinsFaultsTest {
    private static final JenkinsUser USER = JenkinsOptions.AUTOSCALER;
    private static final AgentOrder ORDER = new AgentOrder(
            "w-1",
            List.of("amd64", "kvm"),
            1,
            true,
            "/var/lib/agent",
            "",
            new MachineOwner(JenkinsRoom.INSTALLATION, "ci/p", "ci/w-1", "uid-1"));

    private final JenkinsRoom room = new JenkinsRoom(JenkinsOptions.swift());
    private final CiSystem jenkins = room.system(USER);

    @BeforeEach
    void verified() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
    }

    @AfterEach
    void leave() {
        room.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void anErrorPageIsTransientAndToldInOneLine(int status) {
        room.standIn()
                .faults()
                .inject(new Fault.Status(status), Scope.everything().times(1));
        PortError error = error(jenkins.observe());
        assertThat(error).isInstanceOf(PortError.Transient.class);
        assertThat(error.message())
                .isEqualTo("Jenkins could not tell its nodes (HTTP " + status + "): 'Oops! - Jenkins'");
        assertThat(jenkins.observe()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aPageInsteadOfDataIsTransientAndToldByItsTitle() {
        room.standIn().faults().inject(new Fault.Html(), Scope.under("/queue/").times(1));
        PortError error = error(jenkins.observe());
        assertThat(error).isInstanceOf(PortError.Transient.class);
        assertThat(error.message())
                .startsWith("Jenkins could not tell its queue: it answered with a page, not data: '");
        assertThat(jenkins.observe()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aForbiddenReadingHealsWhenThePermissionIsGranted() {
        room.standIn().faults().inject(new Fault.PermissionRemoved(USER.name(), Permission.READ), Scope.everything());
        assertThat(error(jenkins.observe()).message()).contains("user 'shedmaster' lacks Overall/Read");
        room.standIn().faults().clear();
        assertThat(jenkins.observe()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aSlowJenkinsIsGivenUpAfterItsTimeAndReadAgainLater() {
        CiSystem hasty = room.system(JenkinsRoom.INSTALLATION, USER.name(), USER.token(), Duration.ofSeconds(2));
        Latency tenSeconds = new Latency.Uniform(Duration.ofSeconds(10), Duration.ofSeconds(10));
        room.standIn()
                .faults()
                .inject(new Fault.Slow(tenSeconds), Scope.under("/queue/").times(1));
        PortError error = error(hasty.observe());
        assertThat(error).isInstanceOf(PortError.Transient.class);
        assertThat(error.message()).contains("timeout");
        assertThat(hasty.observe()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aCreationWhoseAnswerWasLostIsFoundWhenItIsAskedForAgain() {
        room.standIn()
                .faults()
                .inject(
                        new Fault.Reset(true),
                        Scope.under("/computer/doCreateItem").times(1));
        assertThat(error(jenkins.enrol(ORDER))).isInstanceOf(PortError.Transient.class);
        AgentCredentials credentials = value(jenkins.enrol(ORDER));
        assertThat(credentials.secret()).isEqualTo(room.standIn().secretOf("w-1"));
        assertThat(value(jenkins.observe()).agents()).containsOnlyKeys("w-1");
    }

    @Test
    void aCreationThatNeverArrivedIsMadeWhenItIsAskedForAgain() {
        room.standIn()
                .faults()
                .inject(
                        new Fault.Reset(false),
                        Scope.under("/computer/doCreateItem").times(1));
        assertThat(error(jenkins.enrol(ORDER))).isInstanceOf(PortError.Transient.class);
        assertThat(value(jenkins.observe()).agents()).isEmpty();
        assertThat(jenkins.enrol(ORDER)).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anEnrolmentThatEndsHalfwayIsFinishedWhenItIsAskedForAgain() {
        room.standIn()
                .faults()
                .inject(
                        new Fault.Status(500),
                        Scope.under("/computer/w-1/jenkins-agent.jnlp").times(1));
        assertThat(error(jenkins.enrol(ORDER)).message())
                .isEqualTo("Jenkins could not tell the secret of agent 'w-1' (HTTP 500): 'Oops! - Jenkins'");
        assertThat(value(jenkins.enrol(ORDER)).secret())
                .isEqualTo(room.standIn().secretOf("w-1"));
    }

    @Test
    void aDeletionWhoseAnswerWasLostIsDoneWhenItIsAskedForAgain() {
        assertThat(jenkins.enrol(ORDER)).isInstanceOf(Outcome.Done.class);
        room.standIn()
                .faults()
                .inject(
                        new Fault.Reset(true),
                        Scope.under("/computer/w-1/doDelete").times(1));
        assertThat(error(jenkins.remove("w-1"))).isInstanceOf(PortError.Transient.class);
        assertThat(jenkins.remove("w-1")).isEqualTo(Outcome.done(Nothing.NOTHING));
        assertThat(value(jenkins.observe()).agents()).isEmpty();
    }

    @Test
    void aRestartIsSatThroughAndNothingIsForgotten() {
        assertThat(room.standIn().enqueue(Batch.pipeline("pipe", 3, "kvm", Duration.ofHours(1))))
                .hasSize(3);
        await().atMost(Duration.ofSeconds(15))
                .until(() -> value(jenkins.observe()).jobs().size() == 3);
        assertThat(jenkins.enrol(ORDER)).isInstanceOf(Outcome.Done.class);
        CiSnapshot before = value(jenkins.observe());

        room.standIn().faults().inject(new Fault.Restart(Duration.ofSeconds(1)), Scope.everything());
        assertThat(error(jenkins.observe()))
                .isEqualTo(new PortError.Transient(
                        "Jenkins could not tell its nodes (HTTP 503): 'Starting Jenkins - Jenkins'"));
        CiSnapshot after = await().atMost(Duration.ofSeconds(15))
                                .until(jenkins::observe, outcome -> outcome instanceof Outcome.Done)
                        instanceof Outcome.Done<CiSnapshot>(CiSnapshot snapshot)
                ? snapshot
                : before;
        assertThat(after.jobs()).isEqualTo(before.jobs());
        assertThat(after.agents()).isEqualTo(before.agents());
    }

    @Test
    void aRestartIsNoticedByWhoWasThereAndByWhoRemembersTheRunBefore() {
        value(jenkins.observe());
        CiSession before = jenkins.session();
        assertThat(before.id()).isNotEmpty();
        assertThat(before.restartedAt()).as("what ran before is not known").isNull();
        Instant restarting = Instant.now();

        restart();

        CiSession after = jenkins.session();
        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(after.restartedAt()).isAfterOrEqualTo(restarting);
        CiSystem startedLater =
                room.system(JenkinsRoom.INSTALLATION, USER.name(), USER.token(), Duration.ofSeconds(10), before);
        value(startedLater.observe());
        assertThat(startedLater.session().id()).isEqualTo(after.id());
        assertThat(startedLater.session().restartedAt()).isAfterOrEqualTo(restarting);
        CiSystem startedLast =
                room.system(JenkinsRoom.INSTALLATION, USER.name(), USER.token(), Duration.ofSeconds(10), after);
        value(startedLast.observe());
        assertThat(startedLast.session()).as("the same run").isEqualTo(after);
    }

    @Test
    void aStepThatARestartHasInterruptedWaitsForItsAgentByName() {
        room.startAgent(value(jenkins.enrol(ORDER)));
        room.standIn().enqueue(Batch.pipeline("pipe", 1, "kvm", Duration.ofHours(1)));
        await().atMost(Duration.ofSeconds(15))
                .until(() -> agent(value(jenkins.observe())).jobs().size() == 1);
        assertThat(value(jenkins.observe()).awaited()).isEmpty();
        assertThat(jenkins.stopAccepting("w-1", "it runs its one job")).isInstanceOf(Outcome.Done.class);

        restart();

        CiSnapshot after = value(jenkins.observe());
        assertThat(after.awaited()).containsExactly("w-1");
        assertThat(jenkins.takesUpWithin()).as("longer than Jenkins gives it").isGreaterThan(Duration.ofMinutes(5));
        assertThat(agent(after).jobs()).isEmpty();
        assertThat(agent(after).stoppedBecause()).endsWith("it runs its one job");
    }

    private static AgentState agent(CiSnapshot snapshot) {
        return Objects.requireNonNull(snapshot.agents().get("w-1"));
    }

    private void restart() {
        room.standIn().faults().inject(new Fault.Restart(Duration.ofMillis(1)), Scope.everything());
        await().atMost(Duration.ofSeconds(15)).until(() -> jenkins.observe() instanceof Outcome.Done);
    }

    @Test
    void aRestartEndsTheSessionOfAPasswordAndANewOneIsBegun() {
        CiSystem byPassword =
                room.system(JenkinsRoom.INSTALLATION, USER.name(), USER.password(), Duration.ofSeconds(10));
        assertThat(byPassword.enrol(ORDER)).isInstanceOf(Outcome.Done.class);
        room.standIn().faults().inject(new Fault.Restart(Duration.ofMillis(1)), Scope.everything());
        await().atMost(Duration.ofSeconds(15)).until(() -> byPassword.observe() instanceof Outcome.Done);
        assertThat(byPassword.remove("w-1")).isEqualTo(Outcome.done(Nothing.NOTHING));
    }

    @Test
    void aNodeThatSomebodyDeletedIsNotListedAnyMore() {
        assertThat(jenkins.enrol(ORDER)).isInstanceOf(Outcome.Done.class);
        room.standIn().faults().inject(new Fault.NodeVanished("w-1"), Scope.everything());
        assertThat(value(jenkins.observe()).agents()).isEmpty();
        assertThat(error(jenkins.inspect("w-1"))).isInstanceOf(PortError.NotFound.class);
        assertThat(jenkins.remove("w-1")).isEqualTo(Outcome.done(Nothing.NOTHING));
    }

    @Test
    void anAgentThatBreaksOffInABuildIsOfflineAndItsNodeStays() throws Exception {
        try (RunningAgent agent = room.startAgent(value(jenkins.enrol(ORDER)))) {
            assertThat(room.standIn().enqueue(Batch.freestyle("fs", 1, "kvm", Duration.ofHours(1))))
                    .hasSize(1);
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> value(jenkins.inspect("w-1")).jobs().size() == 1);
            room.standIn().faults().inject(new Fault.AgentDisconnected("w-1"), Scope.everything());
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> !value(jenkins.inspect("w-1")).online());
            assertThat(value(jenkins.inspect("w-1")).registered()).isTrue();
            assertThat(agent.exit()).succeedsWithin(Duration.ofSeconds(15));
        }
    }

    @Test
    void aQueueOfFiftyThousandItemsIsReadAndForgottenAgain() {
        room.standIn().faults().inject(new Fault.QueueFlood(50_000, "arm64 && kvm"), Scope.everything());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> value(jenkins.observe()).jobs().size() == 50_000);
        room.standIn().faults().clear();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> value(jenkins.observe()).jobs().isEmpty());
    }

    private static PortError error(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<?>) outcome).error();
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T> failed -> throw new AssertionError(failed.error());
        };
    }
}
