package dev.shedmaster.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.api.v1alpha1.AzureAuth;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.JenkinsServer;
import dev.shedmaster.api.v1alpha1.LeakCollection;
import dev.shedmaster.api.v1alpha1.LeakCounts;
import dev.shedmaster.api.v1alpha1.LeakMode;
import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.kube.ci.AgentLeaks;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.QuietCi;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.host.HostBoard;
import dev.shedmaster.kube.machine.HostAccounts;
import dev.shedmaster.kube.machine.LeakCollector;
import dev.shedmaster.kube.machine.MachineLink;
import dev.shedmaster.kube.machine.QuietProvider;
import dev.shedmaster.kube.machine.SampleSubscriptions;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.status.Names;
import dev.shedmaster.kube.worker.OwedRecords;
import dev.shedmaster.kube.worker.SampleWorkers;
import dev.shedmaster.kube.worker.WorkerIndex;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.Leftover;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is ours and nobody accounts for is taken away once it is old enough, in every account and at every CI system, whatever
 * goes wrong at the others; everything else stays.
 */
class SweeperTest {
    private static final String INSTALLATION = "installation";
    private static final String ACCOUNT = "ci/azure";
    private static final String JENKINS = "ci/jenkins";
    private static final Duration GRACE_OF_MACHINES = Duration.ofMinutes(10);
    private static final Duration GRACE_OF_AGENTS = Duration.ofMinutes(5);
    private static final LeakCollection DELETE = new LeakCollection(LeakMode.DELETE, "10m", 20);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-24T09:00:00Z"));
    private final Informed<Worker> workers = new Informed<>(Worker.class, woken -> {});
    private final Informed<AzureSubscription> subscriptions = new Informed<>(AzureSubscription.class, woken -> {});
    private final Informed<JenkinsServer> servers = new Informed<>(JenkinsServer.class, woken -> {});
    private final Connections<MachineLink> machineLinks = new Connections<>();
    private final Connections<CiLink> ciLinks = new Connections<>();
    private final LeakCollector machines = new LeakCollector((account, reason, note) -> {}, new SimpleMeterRegistry());
    private final Sweeper sweeper = new Sweeper(
            machines,
            new AgentLeaks(INSTALLATION),
            machineLinks,
            ciLinks,
            subscriptions.known(),
            servers.known(),
            new HostAccounts(
                    new HostBoard(),
                    machineLinks,
                    (host, known) -> new MachineLink(
                            host,
                            new QuietProvider(),
                            Map::of,
                            (before, now) -> Duration.ofHours(1),
                            InstantSource.system(),
                            corrected -> {},
                            (before, now) -> {}),
                    host -> true,
                    () -> {}),
            new WorkerIndex(workers.known(), new OwedRecords(() -> false)),
            Duration.ofMillis(2),
            now::get);

    /** Holds what was left behind in it, unless it was deleted. */
    private static class Account extends QuietProvider {
        final Set<Leftover> holds = ConcurrentHashMap.newKeySet();
        final AtomicInteger looks = new AtomicInteger();

        @Override
        public Outcome<Set<Leftover>> leftovers(Set<String> known) {
            looks.incrementAndGet();
            Set<Leftover> unknown = ConcurrentHashMap.newKeySet();
            unknown.addAll(holds);
            unknown.removeIf(leftover -> known.contains(leftover.worker()));
            return Outcome.done(unknown);
        }

        @Override
        public Outcome<Nothing> collect(Leftover leftover) {
            holds.remove(leftover);
            return Outcome.done(Nothing.NOTHING);
        }
    }

    /** Lists the agents that are registered there. */
    private class Jenkins extends QuietCi {
        final Map<String, AgentState> agents;

        Jenkins() {
            this(new ConcurrentHashMap<>());
        }

        private Jenkins(Map<String, AgentState> agents) {
            super(() -> Outcome.done(new CiSnapshot(
                    now.get(), "2.541.3", List.of(), Map.of(), 0, Map.copyOf(agents), OutsideAgents.NONE)));
            this.agents = agents;
        }

        @Override
        public Outcome<AgentState> inspect(String agent) {
            AgentState state = agents.get(agent);
            return state == null ? Outcome.failed(new PortError.NotFound("there is none")) : Outcome.done(state);
        }

        @Override
        public Outcome<Nothing> stopAccepting(String agent, String reason) {
            return Outcome.done(Nothing.NOTHING);
        }

        @Override
        public Outcome<Nothing> remove(String agent) {
            agents.remove(agent);
            return Outcome.done(Nothing.NOTHING);
        }
    }

    @AfterEach
    void end() {
        sweeper.close();
        machineLinks.close();
        ciLinks.close();
    }

    private <A extends Account> A account(String name, LeakCollection wish, A account) {
        AzureSubscription subscription = SampleSubscriptions.azure("ci", new AzureAuth(null, null, null), wish);
        subscription.getMetadata().setName(name.substring("ci/".length()));
        subscriptions.put(subscription);
        connect(name, account);
        return account;
    }

    private void connect(String name, Account account) {
        machineLinks.ensure(
                name,
                account,
                () -> new MachineLink(
                        name,
                        account,
                        Map::of,
                        (before, reading) -> Duration.ofHours(1),
                        now::get,
                        corrected -> {},
                        (before, reading) -> {}));
    }

    private <J extends Jenkins> J jenkins(String name, J jenkins) {
        servers.put(server(name));
        ciLinks.ensure(
                name,
                jenkins,
                () -> new CiLink(
                                name,
                                jenkins,
                                (before, reading) -> Duration.ofMillis(1),
                                now::get,
                                corrected -> {},
                                (before, reading) -> {})
                        .start());
        return jenkins;
    }

    private static JenkinsServer server(String name) {
        JenkinsServer server = new JenkinsServer();
        server.getMetadata().setNamespace("ci");
        server.getMetadata().setName(name.substring("ci/".length()));
        return server;
    }

    private static Leftover machineOf(String worker) {
        return new Leftover("/vm/" + worker, "virtual machine", worker, "ci/" + worker);
    }

    private static AgentState agent(String name, @Nullable String installation, AgentState.RunningJob... jobs) {
        MachineOwner owner =
                installation == null ? null : new MachineOwner(installation, "ci/kvm", "ci/" + name, "uid");
        return new AgentState(name, false, true, null, List.of(jobs), true, owner, Set.of(), 1);
    }

    private static void register(Jenkins jenkins, AgentState agent) {
        jenkins.agents.put(agent.name(), agent);
    }

    /** That time passes, and a whole round is made after it with what is read then. */
    private void pass(Duration time, Account roundsAreCountedBy) {
        Instant then = now.updateAndGet(instant -> instant.plus(time));
        ciLinks.forEach(
                (name, link) -> await().until(() -> then.equals(link.latest().begunAt())));
        int before = roundsAreCountedBy.looks.get();
        // The first of them may have begun before.
        await().until(() -> roundsAreCountedBy.looks.get() >= before + 3);
    }

    @Test
    void whatNobodyAccountsForStaysWhileItIsYoungAndGoesThen() {
        Account account = account(ACCOUNT, DELETE, new Account());
        Jenkins jenkins = jenkins(JENKINS, new Jenkins());
        account.holds.add(machineOf("sm-kvm-old"));
        register(jenkins, agent("sm-kvm-old", INSTALLATION));
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(GRACE_OF_AGENTS.minusSeconds(1), account);
        assertThat(jenkins.agents).hasSize(1);
        pass(Duration.ofSeconds(1), account);
        assertThat(jenkins.agents).isEmpty();

        pass(GRACE_OF_MACHINES.minus(GRACE_OF_AGENTS).minusSeconds(1), account);
        assertThat(account.holds).hasSize(1);
        pass(Duration.ofSeconds(1), account);
        assertThat(account.holds).isEmpty();
        assertThat(machines.counts(ACCOUNT).deleted()).isEqualTo(1);
    }

    @Test
    void whatAWorkerAccountsForStaysHoweverOldItIs() {
        Account account = account(ACCOUNT, DELETE, new Account());
        Jenkins jenkins = jenkins(JENKINS, new Jenkins());
        workers.put(SampleWorkers.named("sm-kvm-known"));
        account.holds.add(machineOf("sm-kvm-known"));
        register(jenkins, agent("sm-kvm-known", INSTALLATION));
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(Duration.ofDays(1), account);

        assertThat(account.holds).hasSize(1);
        assertThat(jenkins.agents).hasSize(1);
    }

    @Test
    void whatIsNotOursStays() {
        Account account = account(ACCOUNT, DELETE, new Account());
        Jenkins jenkins = jenkins(JENKINS, new Jenkins());
        register(jenkins, agent("a-persons-own", null));
        register(jenkins, agent("sm-of-others", "another installation"));
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(Duration.ofDays(1), account);

        assertThat(jenkins.agents).containsOnlyKeys("a-persons-own", "sm-of-others");
    }

    @Test
    void agentsOfAnotherNamespaceStay() {
        Account account = account(ACCOUNT, DELETE, new Account());
        Jenkins jenkins = jenkins(JENKINS, new Jenkins());
        MachineOwner other = new MachineOwner(INSTALLATION, "release/kvm", "release/sm-kvm-other", "uid");
        register(jenkins, new AgentState("sm-kvm-other", false, true, null, List.of(), true, other, Set.of(), 1));
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(Duration.ofDays(1), account);

        assertThat(jenkins.agents).hasSize(1);
    }

    @Test
    void whatWasSeenBeforeAJenkinsWasDisconnectedDoesNotCount() {
        Account account = account(ACCOUNT, DELETE, new Account());
        Jenkins jenkins = jenkins(JENKINS, new Jenkins());
        register(jenkins, agent("sm-kvm-old", INSTALLATION));
        sweeper.start();
        pass(Duration.ZERO, account);
        ciLinks.drop(JENKINS);
        pass(GRACE_OF_AGENTS, account);

        jenkins(JENKINS, jenkins);
        pass(Duration.ZERO, account);

        assertThat(jenkins.agents).hasSize(1);
        pass(GRACE_OF_AGENTS, account);
        assertThat(jenkins.agents).isEmpty();
    }

    @Test
    void anAgentThatRunsAJobMayEndIt() {
        Account account = account(ACCOUNT, DELETE, new Account());
        Jenkins jenkins = jenkins(JENKINS, new Jenkins());
        register(jenkins, agent("sm-kvm-busy", INSTALLATION, new AgentState.RunningJob("1", "build #1", "", null)));
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(Duration.ofDays(1), account);

        assertThat(jenkins.agents).hasSize(1);
    }

    @Test
    void aDryRunCountsAndRemovesNothing() {
        Account account = account(ACCOUNT, new LeakCollection(LeakMode.DRY_RUN, "10m", 20), new Account());
        account.holds.add(machineOf("sm-kvm-old"));
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(Duration.ofDays(1), account);

        assertThat(account.holds).hasSize(1);
        assertThat(machines.counts(ACCOUNT)).isEqualTo(new LeakCounts(1, 0, 1));
    }

    @Test
    void whereNobodyWishesItNobodyLooks() {
        Account off = account("ci/off", new LeakCollection(LeakMode.OFF, "10m", 20), new Account());
        off.holds.add(machineOf("sm-kvm-old"));
        Account account = account(ACCOUNT, DELETE, new Account());
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(Duration.ofDays(1), account);

        assertThat(off.looks).hasValue(0);
        assertThat(off.holds).hasSize(1);
    }

    @Test
    void anAccountOfWhichTheWishIsNotKnownIsLeftAlone() {
        Account unknown = new Account();
        unknown.holds.add(machineOf("sm-kvm-old"));
        connect("ci/unknown", unknown);
        Account account = account(ACCOUNT, DELETE, new Account());
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(Duration.ofDays(1), account);

        assertThat(unknown.looks).hasValue(0);
        assertThat(unknown.holds).hasSize(1);
    }

    @Test
    void oneThatResistsDoesNotKeepTheOthers() {
        Leftover resists = machineOf("sm-kvm-locked");
        Account account = account(ACCOUNT, DELETE, new Account() {
            @Override
            public Outcome<Nothing> collect(Leftover leftover) {
                return leftover.equals(resists)
                        ? Outcome.failed(new PortError.Transient("it is locked"))
                        : super.collect(leftover);
            }
        });
        account.holds.add(resists);
        account.holds.add(machineOf("sm-kvm-a"));
        account.holds.add(machineOf("sm-kvm-z"));
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(GRACE_OF_MACHINES, account);

        assertThat(account.holds).containsExactly(resists);
        pass(Duration.ZERO, account);
        assertThat(machines.counts(ACCOUNT).found()).isEqualTo(1);
    }

    /** Which of two is swept first nobody knows, so each has its turn at being broken. */
    @ParameterizedTest
    @ValueSource(strings = {"ci/one", "ci/two"})
    void anAccountInWhichSomethingBreaksDoesNotKeepTheOthersOrTheCiSystems(String broken) {
        account(broken, DELETE, new Account() {
            @Override
            public Outcome<Set<Leftover>> leftovers(Set<String> known) {
                throw new IllegalStateException("a defect");
            }
        });
        Account other = account(broken.equals("ci/one") ? "ci/two" : "ci/one", DELETE, new Account());
        other.holds.add(machineOf("sm-kvm-old"));
        Jenkins jenkins = jenkins(JENKINS, new Jenkins());
        register(jenkins, agent("sm-kvm-old", INSTALLATION));
        sweeper.start();

        pass(Duration.ZERO, other);
        pass(GRACE_OF_MACHINES, other);

        assertThat(other.holds).isEmpty();
        assertThat(jenkins.agents).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci/one", "ci/two"})
    void aCiSystemAtWhichSomethingBreaksDoesNotKeepTheOthers(String broken) {
        Jenkins breaks = jenkins(broken, new Jenkins() {
            @Override
            public Outcome<Nothing> stopAccepting(String agent, String reason) {
                throw new IllegalStateException("a defect");
            }
        });
        Jenkins other = jenkins(broken.equals("ci/one") ? "ci/two" : "ci/one", new Jenkins());
        register(breaks, agent("sm-kvm-a", INSTALLATION));
        register(other, agent("sm-kvm-b", INSTALLATION));
        Account account = account(ACCOUNT, DELETE, new Account());
        sweeper.start();

        pass(Duration.ZERO, account);
        pass(GRACE_OF_AGENTS, account);

        assertThat(breaks.agents).hasSize(1);
        assertThat(other.agents).isEmpty();
    }

    @Test
    void onceClosedItLooksNoMore() {
        Account account = account(ACCOUNT, DELETE, new Account());
        sweeper.start();
        pass(Duration.ZERO, account);

        sweeper.close();

        // A round that was under way may end.
        int atMost = account.looks.get() + 1;
        await().during(Duration.ofMillis(200)).until(() -> account.looks.get() <= atMost);
    }

    @Test
    void aConnectionWhoseObjectIsGoneServesItsLastWorkerAndIsClosedThen() {
        account(ACCOUNT, DELETE, new Account());
        jenkins(JENKINS, new Jenkins());
        jenkins("ci/other", new Jenkins());
        Worker last = SampleWorkers.named("sm-kvm-a");
        workers.put(last);
        Account spare = account("ci/spare", DELETE, new Account());
        sweeper.start();

        servers.remove(server(JENKINS));
        subscriptions.remove(subscriptions.get(Names.id(ACCOUNT)).orElseThrow());
        pass(Duration.ZERO, spare);
        assertThat(ciLinks.names()).containsExactlyInAnyOrder(JENKINS, "ci/other");
        assertThat(machineLinks.names()).containsExactlyInAnyOrder(ACCOUNT, "ci/spare");

        workers.remove(last);
        await().until(() -> ciLinks.names().equals(Set.of("ci/other")));
        await().until(() -> machineLinks.names().equals(Set.of("ci/spare")));
    }
}
