package dev.shedmaster.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.demand.QueuedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link CiSystem} promises, whichever CI system it speaks with. Each adapter's tests extend it. */
public abstract class CiSystemContract {
    private static final String POOL = "ci/contract";
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** The system under test, with a credential that may do all that is needed. Always the same one within a test. */
    protected abstract CiSystem system();

    /** The same CI system as another installation of the operator sees it. */
    protected abstract CiSystem otherInstallation();

    /** The installation that {@link #system()} is. */
    protected abstract String installation();

    /** Makes a job wait that asks for the label and, once it has a worker, runs until {@link #finishJobs()}. */
    protected abstract void submitJob(String name, String label);

    /** Lets the running jobs come to their end. */
    protected abstract void finishJobs();

    /** Starts the agent of a machine that was told these credentials. */
    protected abstract void startAgent(AgentCredentials credentials);

    /** Keeps the agent from being given jobs, as a person does at the CI system's own pages. */
    protected abstract void markOffline(String agent, String reason);

    /** Makes the CI system refuse the credential from now on. */
    protected abstract void revokeCredential();

    /** How many requests have reached the CI system, or would have been counted as sent to it. */
    protected abstract long requests();

    @Test
    void nothingIsMissingWhereAllWasGrantedAndVerifyingMayBeRepeated() {
        assertThat(done(system().verify())).isEmpty();
        assertThat(done(system().verify())).isEmpty();
        assertThat(done(system().observe()).agents()).isEmpty();
    }

    @Test
    void aWaitingJobIsDemandForWhatItAsksFor() {
        done(system().verify());
        Instant before = Instant.now().minusSeconds(1);
        submitJob("wanted", "amd64");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(done(system().observe()).jobs())
                        .singleElement()
                        .satisfies(job -> {
                            assertThat(job.name()).contains("wanted");
                            assertThat(job.id()).isNotEmpty();
                            assertThat(job.requirement().servedBy(Set.of("amd64", "kvm"), true))
                                    .isTrue();
                            assertThat(job.requirement().servedBy(Set.of("arm64"), true))
                                    .isFalse();
                            assertThat(job.queuedAt()).isBetween(before, Instant.now());
                        }));
    }

    @Test
    void twoReadingsOfTheSameShowTheSame() {
        done(system().verify());
        submitJob("wanted", "amd64");
        await().atMost(PATIENCE).until(() -> !done(system().observe()).jobs().isEmpty());
        CiSnapshot first = done(system().observe());
        CiSnapshot second = done(system().observe());
        assertThat(second.showsTheSameAs(first)).isTrue();
        assertThat(second.observedAt()).isAfterOrEqualTo(first.observedAt());
        assertThat(second.version()).isNotEmpty();
    }

    @Test
    void anAgentIsEnrolledOnceHoweverOftenItIsAskedFor() {
        AgentOrder order = order("agent-1");
        AgentCredentials first = done(system().enrol(order));
        AgentCredentials second = done(system().enrol(order));
        assertThat(second).isEqualTo(first);
        assertThat(first.name()).isEqualTo("agent-1");
        assertThat(first.secret()).isNotBlank();
        assertThat(first.toString()).doesNotContain(first.secret());
        assertThat(done(system().observe()).agents())
                .containsOnlyKeys("agent-1")
                .containsEntry(
                        "agent-1",
                        new AgentState(
                                "agent-1",
                                false,
                                true,
                                null,
                                List.of(),
                                true,
                                order.owner(),
                                Set.copyOf(order.labels()),
                                order.executors()));
        assertThat(done(system().inspect("agent-1")))
                .isEqualTo(done(system().observe()).agents().get("agent-1"));
    }

    @Test
    void manyAtOnceAskingForTheSameAgentGetTheSame() throws Exception {
        AgentOrder order = order("agent-1");
        CountDownLatch together = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome<AgentCredentials>>> answers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                answers.add(threads.submit(() -> {
                    together.await();
                    return system().enrol(order);
                }));
            }
            together.countDown();
            AgentCredentials expected = done(system().enrol(order));
            for (Future<Outcome<AgentCredentials>> answer : answers) {
                assertThat(answer.get()).isEqualTo(Outcome.done(expected));
            }
        }
    }

    @Test
    void aNameThatBelongsToAnotherWorkerIsNotGivenOut() {
        done(system().enrol(order("agent-1")));
        AgentOrder stranger = new AgentOrder(
                "agent-1",
                List.of("other"),
                1,
                true,
                "/var/lib/agent",
                "another",
                new MachineOwner(installation(), POOL, "ci/stranger", "uid-stranger"));
        assertThat(error(system().enrol(stranger))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(done(system().inspect("agent-1")).owner())
                .isEqualTo(order("agent-1").owner());
    }

    @Test
    void anotherInstallationsAgentsAreSeenAndNeverTouched() {
        done(otherInstallation()
                .enrol(new AgentOrder(
                        "theirs",
                        List.of("amd64"),
                        1,
                        true,
                        "/var/lib/agent",
                        "theirs",
                        new MachineOwner("another-installation", POOL, "ci/theirs", "uid-theirs"))));

        assertThat(error(system().enrol(order("theirs")))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(error(system().stopAccepting("theirs", "not ours"))).isInstanceOf(PortError.AlreadyExists.class);
        assertThat(done(system().remove("theirs"))).isEqualTo(Nothing.NOTHING);

        AgentState state = agent("theirs");
        assertThat(state).isEqualTo(done(system().inspect("theirs")));
        assertThat(state.accepting()).isTrue();
        assertThat(state.owner()).isEqualTo(new MachineOwner("another-installation", POOL, "ci/theirs", "uid-theirs"));
    }

    @Test
    void anAgentThatConnectsIsOnlineAndRunsTheJobThatItServes() {
        done(system().verify());
        startAgent(done(system().enrol(order("agent-1"))));
        await().atMost(PATIENCE).until(() -> agent("agent-1").online());
        assertThat(agent("agent-1").jobs()).isEmpty();

        submitJob("wanted", "amd64");
        await().atMost(PATIENCE).untilAsserted(() -> {
            AgentState agent = agent("agent-1");
            assertThat(agent.jobs()).singleElement().satisfies(job -> {
                assertThat(job.name()).contains("wanted");
                assertThat(job.startedAt()).isNotNull();
            });
        });
        assertThat(done(system().observe()).jobs()).isEmpty();

        finishJobs();
        await().atMost(PATIENCE).until(() -> agent("agent-1").jobs().isEmpty());
    }

    @Test
    void anAgentWithSeveralExecutorsTellsEveryJobThatItRuns() {
        done(system().verify());
        startAgent(done(system().enrol(order("agent-1", 2))));
        submitJob("first", "amd64");
        await().atMost(PATIENCE).until(() -> isBegun(agent("agent-1"), 1));
        submitJob("second", "amd64");
        await().atMost(PATIENCE).until(() -> isBegun(agent("agent-1"), 2));

        AgentState agent = agent("agent-1");
        assertThat(agent.jobs().getFirst().name()).contains("first");
        assertThat(agent.jobs().getLast().name()).contains("second");
        assertThat(agent.accepting()).isTrue();

        submitJob("third", "amd64");
        await().atMost(PATIENCE).until(() -> done(system().observe()).jobs().size() == 1);
        assertThat(agent("agent-1").jobs()).isEqualTo(agent.jobs());
    }

    private static boolean isBegun(AgentState agent, int jobs) {
        return agent.jobs().size() == jobs && agent.jobs().stream().noneMatch(job -> job.startedAt() == null);
    }

    @Test
    void anAgentThatWasToldToStopFinishesItsJobAndIsGivenNoOther() {
        done(system().verify());
        startAgent(done(system().enrol(order("agent-1"))));
        submitJob("first", "amd64");
        await().atMost(PATIENCE).until(() -> agent("agent-1").jobs().size() == 1);

        done(system().stopAccepting("agent-1", "the pool shrinks"));
        done(system().stopAccepting("agent-1", "the pool shrinks"));
        assertThat(agent("agent-1").accepting()).isFalse();
        assertThat(agent("agent-1").jobs()).hasSize(1);

        finishJobs();
        await().atMost(PATIENCE).until(() -> agent("agent-1").jobs().isEmpty());
        submitJob("second", "amd64");
        await().during(Duration.ofMillis(600)).atMost(PATIENCE).until(() -> {
            List<QueuedJob> waiting = done(system().observe()).jobs();
            return waiting.size() == 1
                    && waiting.getFirst().name().contains("second")
                    && agent("agent-1").jobs().isEmpty();
        });
    }

    @Test
    void whatToldAnAgentToStopCanBeTakenBackAndWhatAPersonHasMarkedStays() {
        done(system().verify());
        startAgent(done(system().enrol(order("agent-1"))));
        startAgent(done(system().enrol(order("agent-2"))));
        done(system().stopAccepting("agent-1", "it runs its one job"));
        markOffline("agent-2", "the disk is full");

        done(system().acceptAgain("agent-1"));
        done(system().acceptAgain("agent-1"));
        done(system().acceptAgain("agent-2"));

        assertThat(agent("agent-1").accepting()).isTrue();
        assertThat(agent("agent-1").stoppedBecause()).isNull();
        assertThat(agent("agent-2").accepting()).isFalse();
        submitJob("first", "amd64");
        await().atMost(PATIENCE).until(() -> agent("agent-1").jobs().size() == 1);
        assertThat(error(system().acceptAgain("never-was"))).isInstanceOf(PortError.NotFound.class);
    }

    @Test
    void anAgentThatWeToldToStopIsKnownFromOneThatAPersonHasMarked() {
        startAgent(done(system().enrol(order("agent-1"))));
        startAgent(done(system().enrol(order("agent-2"))));
        await().atMost(PATIENCE)
                .until(() -> agent("agent-1").online() && agent("agent-2").online());

        done(system().stopAccepting("agent-1", "the machine's \"size\" : is too small & old"));
        markOffline("agent-2", "the disk is full : keep it");

        assertThat(agent("agent-1").accepting()).isFalse();
        assertThat(agent("agent-1").online()).as("it is still connected").isTrue();
        assertThat(agent("agent-1").stoppedBecause()).endsWith("is too small & old");
        assertThat(done(system().inspect("agent-1"))).isEqualTo(agent("agent-1"));
        assertThat(agent("agent-2").accepting()).isFalse();
        assertThat(agent("agent-2").online()).as("it is still connected").isTrue();
        assertThat(agent("agent-2").stoppedBecause()).isNull();
    }

    @Test
    void anAgentThatWasRemovedIsGoneAndRemovingMayBeRepeated() {
        done(system().enrol(order("agent-1")));
        done(system().enrol(order("agent-2")));
        assertThat(done(system().remove("agent-1"))).isEqualTo(Nothing.NOTHING);
        assertThat(done(system().remove("agent-1"))).isEqualTo(Nothing.NOTHING);
        assertThat(done(system().remove("never-was"))).isEqualTo(Nothing.NOTHING);
        assertThat(error(system().inspect("agent-1"))).isInstanceOf(PortError.NotFound.class);
        assertThat(error(system().stopAccepting("agent-1", "gone"))).isInstanceOf(PortError.NotFound.class);
        assertThat(done(system().observe()).agents()).containsOnlyKeys("agent-2");
    }

    @Test
    void whatIsLeftBehindIsFoundByItsOwner() {
        done(system().enrol(order("agent-1")));
        done(system().enrol(order("agent-2")));
        assertThat(done(system().observe()).agents().values())
                .extracting(AgentState::owner)
                .containsExactlyInAnyOrder(
                        order("agent-1").owner(), order("agent-2").owner());
    }

    @Test
    void whatVerifyingPreparedCanBeTakenAway() {
        done(system().verify());
        assertThat(done(system().withdraw())).isEqualTo(Nothing.NOTHING);
        assertThat(done(system().withdraw())).isEqualTo(Nothing.NOTHING);
        assertThat(done(system().verify())).isEmpty();
    }

    @Test
    void aCredentialThatWasRefusedIsNotUsedAgain() {
        done(system().observe());
        revokeCredential();
        PortError first = error(system().observe());
        assertThat(first).isInstanceOf(PortError.Unauthorized.class);
        long sent = requests();
        assertThat(error(system().observe())).isEqualTo(first);
        assertThat(error(system().verify())).isEqualTo(first);
        assertThat(error(system().enrol(order("agent-1")))).isEqualTo(first);
        assertThat(error(system().inspect("agent-1"))).isEqualTo(first);
        assertThat(error(system().remove("agent-1"))).isEqualTo(first);
        assertThat(requests()).isEqualTo(sent);
    }

    private AgentState agent(String name) {
        AgentState state = done(system().observe()).agents().get(name);
        if (state == null) {
            throw new AssertionError("agent " + name + " is not listed");
        }
        return state;
    }

    /** An order for an agent with the label amd64 and one executor. */
    protected AgentOrder order(String name) {
        return order(name, 1);
    }

    private AgentOrder order(String name, int executors) {
        return new AgentOrder(
                name,
                List.of("amd64", "kvm"),
                executors,
                true,
                "/var/lib/agent",
                "A worker of pool " + POOL,
                new MachineOwner(installation(), POOL, "ci/" + name, "uid-" + name));
    }

    /** The value of an outcome that must have one. */
    protected static <T> T done(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(T value) -> value;
            case Outcome.Failed<T>(PortError error) -> throw new AssertionError(error);
        };
    }

    /** The error of an outcome that must have one. */
    protected static PortError error(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed<?>) outcome).error();
    }
}
