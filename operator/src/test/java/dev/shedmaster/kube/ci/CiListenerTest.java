package dev.shedmaster.kube.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.kube.worker.OwedRecords;
import dev.shedmaster.kube.worker.WorkerIndex;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever a reading concerns looks again, and nobody else. */
class CiListenerTest {
    private static final Instant NINE = Instant.parse("2026-11-24T09:00:00Z");

    private final Set<String> woken = new TreeSet<>();
    private final Informed<Worker> workers = new Informed<>(Worker.class, id -> woken.add(id.getName()));
    private final CiListener listener = new CiListener(
            new WorkerIndex(workers.known(), new OwedRecords(() -> false)),
            () -> {},
            () -> {},
            InstantSource.fixed(NINE));

    @BeforeEach
    void begin() {
        for (String name : List.of("sm-a", "sm-b", "sm-c")) {
            Worker worker = new Worker();
            worker.setMetadata(
                    new ObjectMetaBuilder().withNamespace("ci").withName(name).build());
            workers.put(worker);
        }
    }

    private static Reading<CiSnapshot> reading(Map<String, Boolean> online, Set<String> awaited) {
        Map<String, AgentState> agents = new HashMap<>();
        online.forEach((name, is) ->
                agents.put(name, new AgentState(name, is, true, null, List.of(), true, null, Set.of(), 1)));
        return new Reading<>(
                new CiSnapshot(NINE, "2.541.3", List.of(), Map.of(), 0, agents, OutsideAgents.NONE, awaited),
                NINE,
                null);
    }

    @Test
    void anAgentThatIsOtherwiseWakesItsWorkerAlone() {
        listener.read(
                reading(Map.of("sm-a", true, "sm-b", true), Set.of()),
                reading(Map.of("sm-a", true, "sm-b", false), Set.of()));
        assertThat(woken).containsExactly("sm-b");
    }

    @Test
    void aJobThatBeginsOrCeasesToWaitForAnAgentWakesItsWorker() {
        Map<String, Boolean> agents = Map.of("sm-a", true, "sm-b", true, "sm-c", true);

        listener.read(reading(agents, Set.of("sm-a", "sm-b")), reading(agents, Set.of("sm-b", "sm-c")));

        assertThat(woken).containsExactly("sm-a", "sm-c");
    }
}
