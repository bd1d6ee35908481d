package dev.shedmaster.kube.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AgentLeaksTest {
    private static final String NAME = "sm-kvm-abcdefgh";
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");

    private final AgentLeaks leaks = new AgentLeaks("installation");
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile Instant now = NINE;
    private volatile int busyWhenLookedAt;

    private final CiLink link = new CiLink(
                    "ci/jenkins",
                    new Jenkins(),
                    (before, reading) -> Duration.ofMillis(1),
                    () -> now,
                    corrected -> {},
                    (before, reading) -> {})
            .start();

    /** Its readings show the agent idle; whoever looks at it closely sees what the test says. */
    private final class Jenkins extends QuietCi {
        Jenkins() {
            super(() -> Outcome.done(
                    new CiSnapshot(now, "2.1", List.of(), Map.of(), 0, Map.of(NAME, agent(0)), OutsideAgents.NONE)));
        }

        @Override
        public Outcome<AgentState> inspect(String agent) {
            asked.add("look");
            return Outcome.done(agent(busyWhenLookedAt));
        }

        @Override
        public Outcome<Nothing> stopAccepting(String agent, String reason) {
            asked.add("stop accepting");
            return Outcome.done(Nothing.NOTHING);
        }

        @Override
        public Outcome<Nothing> remove(String agent) {
            asked.add("remove");
            return Outcome.done(Nothing.NOTHING);
        }
    }

    private static AgentState agent(int busy) {
        MachineOwner owner = new MachineOwner("installation", "ci/kvm", "ci/" + NAME, "uid");
        AgentState.RunningJob job = new AgentState.RunningJob("1", "build #1", "", null);
        return new AgentState(NAME, true, true, null, Collections.nCopies(busy, job), true, owner, Set.of(), 1);
    }

    @AfterEach
    void close() {
        link.close();
    }

    private void round(Duration after) {
        Instant then = NINE.plus(after);
        now = then;
        await().until(() -> then.equals(link.latest().begunAt()));
        leaks.collect("ci/jenkins", link, Set::of, then);
    }

    @Test
    void letsNoJobInAndLooksOnceMoreBeforeItRemoves() {
        round(Duration.ZERO);
        assertThat(asked).isEmpty();

        round(Duration.ofMinutes(5));

        assertThat(asked).containsExactly("stop accepting", "look", "remove");
    }

    @Test
    void leavesAnAgentThatHasGotAJobSinceTheReading() {
        busyWhenLookedAt = 1;
        round(Duration.ZERO);
        round(Duration.ofMinutes(5));
        assertThat(asked).containsExactly("stop accepting", "look");

        busyWhenLookedAt = 0;
        round(Duration.ofMinutes(10));

        assertThat(asked).endsWith("stop accepting", "look", "remove");
    }
}
