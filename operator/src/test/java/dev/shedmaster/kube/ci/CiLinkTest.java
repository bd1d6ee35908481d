package dev.shedmaster.kube.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.worker.CiRestart;
import dev.shedmaster.core.worker.Silence;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.port.AgentCredentials;
import dev.shedmaster.port.AgentOrder;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSession;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MissingPermission;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CiLinkTest {
    private static final String NAME = "sm-kvm-abcdefgh";
    private static final AgentOrder ORDER = new AgentOrder(
            NAME,
            List.of("kvm"),
            1,
            true,
            "/var/lib/jenkins",
            "a worker",
            new MachineOwner("installation", "ci/kvm", "ci/" + NAME, "uid"));

    private volatile Instant now = Instant.parse("2026-11-24T09:00:00Z");
    private volatile boolean away;
    private volatile boolean refuses;
    private volatile Outcome<List<MissingPermission>> verification = Outcome.done(List.of());
    private final AtomicInteger verifications = new AtomicInteger();
    private final AtomicInteger readings = new AtomicInteger();
    private final Set<String> woken = ConcurrentHashMap.newKeySet();
    private volatile Map<String, AgentState> listed = Map.of();

    private volatile CiSession session = CiSession.UNKNOWN;
    private volatile Set<String> awaited = Set.of();
    private final CiLink link = new CiLink(
            "ci/jenkins",
            new Jenkins(),
            (before, now) -> Duration.ofMillis(1),
            () -> now,
            woken::addAll,
            (before, now) -> {});

    /** Lists the agents that the test says, and registers whatever it is asked to. */
    private final class Jenkins extends QuietCi {
        Jenkins() {
            super(CiLinkTest.this::read);
        }

        @Override
        public Outcome<List<MissingPermission>> verify() {
            verifications.incrementAndGet();
            return verification;
        }

        @Override
        public Outcome<AgentCredentials> enrol(AgentOrder order) {
            if (refuses) {
                return Outcome.failed(new PortError.Unauthorized("jenkins is missing the Agent/Create permission"));
            }
            return Outcome.done(new AgentCredentials(URI.create("https://ci.example/"), order.name(), "secret"));
        }

        @Override
        public Outcome<AgentState> inspect(String agent) {
            return Outcome.done(agent(true, false));
        }

        @Override
        public Outcome<Nothing> remove(String agent) {
            return Outcome.done(Nothing.NOTHING);
        }

        @Override
        public CiSession session() {
            return session;
        }

        @Override
        public Duration takesUpWithin() {
            return Duration.ofMinutes(7);
        }
    }

    private Outcome<CiSnapshot> read() {
        readings.incrementAndGet();
        return away
                ? Outcome.failed(new PortError.Transient("no answer"))
                : Outcome.done(new CiSnapshot(
                        Instant.EPOCH, "2.1", List.of(), Map.of(), 0, listed, OutsideAgents.NONE, awaited));
    }

    @Test
    void aRestartIsKnownUntilWhenJobsAreTakenUpAndWhetherOneWaitsForTheAgent() {
        assertThat(link.restart(NAME)).as("none was noticed").isNull();
        session = new CiSession("2", now);
        awaited = Set.of("another");
        link.start();
        await().until(() -> readings.get() > 1);
        Instant ends = now.plus(Duration.ofMinutes(7));
        assertThat(link.restart(NAME)).isEqualTo(new CiRestart(now, ends, false, false));

        awaited = Set.of(NAME);

        await().until(() -> new CiRestart(now, ends, true, false).equals(link.restart(NAME)));

        Instant at = now;
        now = at.plusMillis(1);

        await("a reading that began after the restart")
                .until(() -> new CiRestart(at, ends, true, true).equals(link.restart(NAME)));
    }

    @Test
    void whatAgentsLackIsWhatTheLastVerificationFound() {
        AtomicInteger verdicts = new AtomicInteger();
        link.onVerdict(verdicts::incrementAndGet);
        assertThat(link.agentsLack()).as("nothing was verified").isEmpty();
        verification = Outcome.done(
                List.of(new MissingPermission("Job/Read", false), new MissingPermission("Agent/Create", true)));
        link.verify();
        assertThat(link.agentsLack()).contains(List.of("Agent/Create"));
        assertThat(verdicts).hasValue(1);
        link.verify();
        assertThat(verdicts).as("nothing new").hasValue(1);

        verification = Outcome.failed(new PortError.Transient("no answer"));
        link.verify();
        assertThat(link.agentsLack()).as("it was not answered").contains(List.of("Agent/Create"));

        verification = Outcome.done(List.of());
        link.verify();
        assertThat(link.agentsLack()).contains(List.of());
        assertThat(verdicts).hasValue(2);
    }

    @Test
    void aCallThatIsRefusedHasThePermissionsVerifiedAnew() {
        AtomicInteger doubts = new AtomicInteger();
        link.onDoubt(doubts::incrementAndGet);
        link.verify();
        refuses = true;
        link.enrol(ORDER);
        assertThat(doubts).as("it was verified just now").hasValue(0);
        now = now.plusSeconds(10);

        link.enrol(ORDER);
        link.enrol(ORDER);
        assertThat(doubts).hasValue(1);
        link.verify();

        assertThat(verifications).hasValue(2);
    }

    private static AgentState agent(boolean online, boolean accepting) {
        return new AgentState(NAME, online, accepting, null, List.of(), true, null, Set.of(), 1);
    }

    @AfterEach
    void close() {
        link.close();
    }

    @Test
    void aRegistrationThatSomebodyTookAwayBeforeTheNextReadingWakesItsWorker() {
        assertThat(link.enrol(ORDER)).isInstanceOf(Outcome.Done.class);
        assertThat(link.sight(NAME)).isEqualTo(new AgentSight.Present(false, true, null, List.of()));

        link.start();

        await().until(() -> woken.contains(NAME));
        assertThat(link.sight(NAME)).isEqualTo(new AgentSight.Absent());
    }

    @Test
    void anAgentThatIsOtherwiseThanWhenItWasLookedAtWakesItsWorker() {
        assertThat(link.look(NAME)).isInstanceOf(Outcome.Done.class);
        listed = Map.of(NAME, agent(true, true));

        link.start();

        await().until(() -> woken.contains(NAME));
    }

    @Test
    void aReadingThatSaysWhatWasKnownWakesNobody() {
        assertThat(link.enrol(ORDER)).isInstanceOf(Outcome.Done.class);
        listed = Map.of(NAME, agent(false, true));

        link.start();

        await().until(() -> readings.get() > 2);
        assertThat(woken).isEmpty();
    }

    @Test
    void everybodyLooksAgainOnceTheLastAnswerIsTooOldAndSeesSinceWhen() {
        listed = Map.of(NAME, agent(true, true));
        Instant answered = now;
        link.start();
        await().until(() -> link.sight(NAME) instanceof AgentSight.Present);
        away = true;
        await().until(() -> link.latest().trouble() != null);
        assertThat(woken).isEmpty();

        now = answered.plus(CiLink.TOO_OLD);

        await().until(() -> woken.contains(NAME));
        assertThat(link.sight(NAME)).isEqualTo(new AgentSight.Unknown(new Silence("ci/jenkins", answered)));
        woken.clear();
        int before = readings.get();
        await().until(() -> readings.get() > before + 2);
        assertThat(woken).as("woken once for each silence").isEmpty();
    }

    @Test
    void takingARegistrationAwayOurselvesWakesNobody() {
        assertThat(link.remove(NAME)).isInstanceOf(Outcome.Done.class);

        link.start();

        await().until(() -> readings.get() > 2);
        assertThat(woken).isEmpty();
    }
}
