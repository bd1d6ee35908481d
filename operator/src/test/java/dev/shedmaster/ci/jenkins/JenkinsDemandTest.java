package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Cause;
import dev.shedmaster.lab.jenkins.controller.Job;
import dev.shedmaster.lab.jenkins.controller.JobDefinition;
import dev.shedmaster.lab.jenkins.controller.JobKind;
import dev.shedmaster.lab.jenkins.controller.NodeConfig;
import dev.shedmaster.lab.jenkins.controller.Step;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.CiSystem;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What jobs of all kinds demand, from the first, when there is no node at all, to the last. */
class JenkinsDemandTest {
    private static final Step WORK = Step.lasting(Duration.ofHours(1));

    private final JenkinsRoom room = new JenkinsRoom(JenkinsOptions.swift());
    private final CiSystem jenkins = room.system(JenkinsOptions.AUTOSCALER);

    @AfterEach
    void leave() {
        room.close();
    }

    @Test
    void aPipelineAtZeroIsObscureWithoutTheAnchorAndUnderstoodWithIt() {
        enqueue(Batch.pipeline("pipe", 1, "arm64 && kvm", Duration.ofHours(1)));
        CiSnapshot before = until(snapshot -> !snapshot.obscure().isEmpty());
        assertThat(before.jobs()).isEmpty();
        assertThat(before.obscure().keySet()).allMatch(reason -> reason.contains("'shedmaster-anchor' is missing"));

        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        CiSnapshot after = until(snapshot -> !snapshot.jobs().isEmpty());
        assertThat(after.obscure()).isEmpty();
        assertThat(requirements(after)).containsExactly("arm64&&kvm");
    }

    @Test
    void aJobThatStartsDuringAReadingIsNotSeenToWaitBesideTheAgentThatRunsIt() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        AgentCredentials credentials = value(jenkins.enrol(order("w-1")));
        enqueue(Batch.freestyle("build", 1, "kvm", Duration.ofHours(1)));
        until(s -> s.jobs().size() == 1);
        AtomicInteger requests = new AtomicInteger();
        room.standIn().onRequest(path -> {
            if (path.endsWith("/api/json") && requests.incrementAndGet() == 2) {
                room.startAgent(credentials);
                await().until(() -> room.standIn().controller().queue().isEmpty());
            }
        });
        CiSnapshot snapshot = value(jenkins.observe());
        assertThat(requests.get()).as("requests that a reading takes").isEqualTo(2);
        assertThat(snapshot.jobs()).isEmpty();
    }

    @Test
    void everyBranchOfAPipelineIsOneJob() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        enqueue(new Batch("pipe", 2, "kvm", Batch.Kind.PIPELINE, Duration.ofHours(1), 3));
        CiSnapshot snapshot = until(s -> s.jobs().size() == 6);
        assertThat(requirements(snapshot)).containsOnly("kvm");
        assertThat(snapshot.jobs()).extracting(QueuedJob::source).containsOnly("ci/jenkins");
        assertThat(snapshot.jobs().stream().map(QueuedJob::requirement).distinct())
                .hasSize(1);
    }

    @Test
    void aPipelineThatAsksForNoLabelTakesAnyWorkerThatIsNotReserved() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        enqueue(Batch.pipeline("pipe", 1, null, Duration.ofHours(1)));
        assertThat(requirements(until(s -> s.jobs().size() == 1))).containsExactly("any label");
    }

    @Test
    void aPipelineStaysUnderstoodWhenOnlyOneNodeMatches() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        enqueue(Batch.pipeline("pipe", 1, "kvm", Duration.ofHours(1)));
        assertThat(requirements(until(s -> s.jobs().size() == 1))).containsExactly("kvm");

        assertThat(jenkins.enrol(order("w-1"))).isInstanceOf(Outcome.Done.class);
        CiSnapshot one = until(s -> s.agents().containsKey("w-1"));
        assertThat(requirements(one)).containsExactly("kvm");

        // A new operator has learnt nothing yet: all that it knows is that this node would do.
        CiSystem forgetful = room.system(JenkinsOptions.AUTOSCALER);
        assertThat(requirements(value(forgetful.observe()))).containsExactly("amd64&&kvm");

        assertThat(jenkins.enrol(order("w-2"))).isInstanceOf(Outcome.Done.class);
        assertThat(requirements(value(forgetful.observe()))).containsExactly("kvm");
    }

    @Test
    void cellsOfAMatrixAskForTheirOwnLabelsAndTheMatrixForNothing() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        build(new JobDefinition(
                JobKind.MATRIX, null, WORK, List.of("amd64", "arm64"), false, null, 0, Map.of(), Duration.ZERO));
        CiSnapshot snapshot = until(s -> s.jobs().size() == 2);
        assertThat(requirements(snapshot)).containsExactlyInAnyOrder("amd64", "arm64");
        assertThat(snapshot.obscure()).isEmpty();
    }

    @Test
    void whatIsQuietLockedThrottledOrHeldByItselfIsBlocked() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        Duration now = Duration.ZERO;
        build(definition(null, 0, Duration.ofMinutes(5)));
        until(s -> s.blocked() == 1 && s.jobs().isEmpty());

        build(definition("crane", 0, now));
        build(definition("crane", 0, now));
        until(s -> s.blocked() == 2 && s.jobs().size() == 1);

        Job throttled = build(definition(null, 1, now).concurrentWith(Map.of("n", "")));
        again(throttled, Map.of("n", "2"));
        until(s -> s.blocked() == 3 && s.jobs().size() == 2);
    }

    @Test
    void aJenkinsThatIsAboutToShutDownDemandsNothing() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        enqueue(Batch.freestyle("fs", 3, "kvm", Duration.ofHours(1)));
        enqueue(Batch.pipeline("pipe", 2, "kvm", Duration.ofHours(1)));
        until(s -> s.jobs().size() == 5);
        room.standIn().controller().quietDown(true);
        until(s -> s.jobs().isEmpty() && s.blocked() == 5);
        room.standIn().controller().quietDown(false);
        until(s -> s.jobs().size() == 5);
    }

    @Test
    void fiftyThousandItemsOfManyKindsAreReadInFewObjects() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        enqueue(Batch.freestyle("fs", 25_000, "arm64 && (kvm || qemu)", Duration.ofHours(1)));
        enqueue(Batch.freestyle("other", 24_000, "amd64", Duration.ofHours(1)));
        enqueue(Batch.pipeline("pipe", 1_000, "kvm", Duration.ofHours(1)));
        CiSnapshot snapshot = until(s -> s.jobs().size() == 50_000);
        assertThat(snapshot.jobs().stream()
                        .map(job -> System.identityHashCode(job.requirement()))
                        .distinct())
                .as("requirements are shared by all jobs that have them")
                .hasSize(3);
        assertThat(snapshot.jobs()).isSortedAccordingTo((a, b) -> a.queuedAt().compareTo(b.queuedAt()));
        assertThat(snapshot.obscure()).isEmpty();
    }

    @Test
    void aNodeOfAPersonIsOutsideTheFleetAndOursIsNot() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        assertThat(jenkins.enrol(order("w-1"))).isInstanceOf(Outcome.Done.class);
        assertThat(room.standIn().controller().nodes().create(NodeConfig.setUpByHand("static-1", "s390x big")))
                .isTrue();
        OutsideAgents.Group away = new OutsideAgents.Group(
                Set.of("s390x", "big"), OutsideAgents.State.AWAY, new LinkedHashSet<>(List.of("static-1")));
        assertThat(value(jenkins.observe()).outside().groups()).containsExactly(away);
    }

    @Test
    void aDeletedNodeIsListedAsUnregisteredWhileItsPipelineIsBusy() {
        assertThat(jenkins.verify()).isEqualTo(Outcome.done(List.of()));
        room.startAgent(value(jenkins.enrol(order("w-1"))));
        enqueue(Batch.pipeline("pipe", 1, "kvm", Duration.ofHours(1)));
        until(s -> runsABuild(s.agents().get("w-1")));
        assertThat(room.standIn().controller().nodes().delete("w-1")).isTrue();

        CiSnapshot zombie = until(s -> hasLostItsNode(s.agents().get("w-1")));
        assertThat(zombie.agents().get("w-1")).satisfies(state -> {
            assertThat(state.jobs()).hasSize(1);
            assertThat(state.accepting()).isFalse();
            assertThat(state.owner()).isNull();
        });
        assertThat(jenkins.remove("w-1")).isEqualTo(Outcome.done(Nothing.NOTHING));
        assertThat(jenkins.stopAccepting("w-1", "gone")).isEqualTo(Outcome.done(Nothing.NOTHING));
        until(s -> !s.agents().containsKey("w-1"));
    }

    private static boolean runsABuild(@Nullable AgentState agent) {
        return agent != null && agent.jobs().stream().anyMatch(job -> job.startedAt() != null);
    }

    private static boolean hasLostItsNode(@Nullable AgentState agent) {
        return agent != null && !agent.registered();
    }

    private static JobDefinition definition(@Nullable String lock, int throttle, Duration quiet) {
        return new JobDefinition(JobKind.FREESTYLE, "kvm", WORK, List.of(), false, lock, throttle, Map.of(), quiet);
    }

    private Job build(JobDefinition definition) {
        String name = "job-" + room.standIn().controller().jobs().all().size();
        Job job = room.standIn()
                .controller()
                .jobs()
                .create(name, "job/" + name + "/", definition, "<project/>")
                .orElseThrow();
        again(job, Map.of());
        return job;
    }

    private void again(Job job, Map<String, String> parameters) {
        long item = room.standIn().controller().jobs().build(job, parameters, new Cause.ByUser("test"), null);
        assertThat(item).isPositive();
    }

    private void enqueue(Batch batch) {
        assertThat(room.standIn().enqueue(batch)).hasSize(batch.count());
    }

    /** Reads until what is read is as expected, and hands it back. */
    private CiSnapshot until(Predicate<CiSnapshot> expected) {
        return await().atMost(Duration.ofSeconds(60)).until(() -> value(jenkins.observe()), expected);
    }

    private static List<String> requirements(CiSnapshot snapshot) {
        return snapshot.jobs().stream().map(job -> job.requirement().describe()).toList();
    }

    private static AgentOrder order(String name) {
        return new AgentOrder(
                name,
                List.of("amd64", "kvm"),
                1,
                true,
                "/var/lib/agent",
                "",
                new MachineOwner(JenkinsRoom.INSTALLATION, "ci/p", "ci/" + name, "uid-" + name));
    }

    private static <T> T value(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T> failed -> throw new AssertionError(failed.error());
        };
    }
}
