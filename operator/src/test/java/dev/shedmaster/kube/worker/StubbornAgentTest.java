package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.Worker;
import dev.shedmaster.api.v1alpha1.WorkerPhase;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.worker.WorkerLife;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.core.worker.Workload;
import dev.shedmaster.kube.ci.CiLink;
import dev.shedmaster.kube.ci.QuietCi;
import dev.shedmaster.kube.feed.Connections;
import dev.shedmaster.kube.fleet.BootHistories;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.status.EventRecorder;
import dev.shedmaster.kube.status.Informed;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.AgentState.RunningJob;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A worker that shall go, and whose agent goes on being given jobs whatever is asked. */
class StubbornAgentTest {
    private static final Instant NOW = SampleWorkers.BORN.plusSeconds(60);

    private final List<String> asked = new ArrayList<>();
    private Outcome<Nothing> stopping = Outcome.done(Nothing.NOTHING);
    private List<RunningJob> jobs = List.of();
    private boolean isOut;
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final KubernetesClient unused = new KubernetesClientBuilder().build();
    private final FleetMemory memory = new FleetMemory(clock, () -> {});
    private final Connections<CiLink> ciLinks = new Connections<>();
    private final WorkerRecords records = SampleWorkers.records();
    private final WorkerSurroundings surroundings = new WorkerSurroundings(
            "installation",
            new Informed<>(WorkerPool.class, woken -> {}).known(),
            pool -> Optional.empty(),
            ciLinks,
            new Connections<>(),
            memory,
            clock);
    private final WorkerAdvance advance = new WorkerAdvance(
            records,
            surroundings,
            new WorkerHands(surroundings, memory, new Retirement(worker -> {})),
            new OwedRecords(() -> false),
            new WorkerJournal(
                    new BootHistories(),
                    memory,
                    new EventRecorder(unused, "test", clock, task -> {}),
                    new SimpleMeterRegistry(),
                    () -> {},
                    clock),
            clock);

    StubbornAgentTest() {
        ciLinks.ensure(
                "ci/jenkins",
                "",
                () -> new CiLink(
                        "ci/jenkins",
                        new Stubborn(),
                        (before, now) -> Duration.ofHours(1),
                        clock,
                        woken -> {},
                        (before, now) -> {}));
    }

    private final class Stubborn extends QuietCi {
        Stubborn() {
            super(() -> Outcome.failed(new PortError.Transient("not read here")));
        }

        @Override
        public Outcome<AgentState> inspect(String agent) {
            asked.add("look");
            return isOut
                    ? Outcome.failed(new PortError.Transient("503"))
                    : Outcome.done(new AgentState(agent, true, true, null, jobs, true, null, Set.of()));
        }

        @Override
        public Outcome<Nothing> stopAccepting(String agent, String reason) {
            asked.add("stop");
            return stopping;
        }
    }

    @AfterEach
    void close() {
        ciLinks.close();
        unused.close();
    }

    private Worker draining() {
        Worker worker = SampleWorkers.named("sm-kvm-a");
        WorkerLife life = SampleWorkers.life(
                new WorkerState.Draining(Workload.NONE, "its pool is being deleted", null), SampleWorkers.BORN, null);
        worker.setStatus(SampleWorkers.status(records, worker, life, null));
        return worker;
    }

    private WorkerStep look(Worker worker) {
        return advance.advance(worker, "its pool is being deleted", (known, status) -> {
            known.setStatus(status);
            return known;
        });
    }

    @Test
    void itIsNotAskedAgainAndAgainInOneLook() {
        ciLinks.find("ci/jenkins").orElseThrow().look("sm-kvm-a");
        asked.clear();

        WorkerStep step = look(draining());

        assertThat(asked).containsExactly("stop", "look");
        assertThat(step.lookAgainIn()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void oneThatIsNotOursToStopMayRunAJobHoweverLittleIsHeardOfItAfterwards() {
        CiLink link = ciLinks.find("ci/jenkins").orElseThrow();
        jobs = List.of(new RunningJob("7", "kernel #7", "/job/kernel/7/", null));
        link.look("sm-kvm-a");
        stopping = Outcome.failed(new PortError.AlreadyExists("node 'sm-kvm-a' has no mark: delete it in Jenkins"));
        isOut = true;

        Worker worker = draining();
        look(worker);
        look(worker);

        assertThat(worker.getStatus().phase()).isEqualTo(WorkerPhase.DRAINING);
        assertThat(worker.getStatus().reason()).isEqualTo("NameTaken");
        assertThat(worker.getStatus().message()).contains("kernel #7").contains("delete it in Jenkins");
    }
}
