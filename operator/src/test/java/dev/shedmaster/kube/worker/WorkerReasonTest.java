package dev.shedmaster.kube.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.CamelCase;
import dev.shedmaster.core.worker.FailureKind;
import dev.shedmaster.core.worker.Silence;
import dev.shedmaster.core.worker.WorkerState;
import dev.shedmaster.core.worker.Workload;
import dev.shedmaster.port.PortError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A worker's reason says what its phase does not")
class WorkerReasonTest {
    private static final Instant NOW = Instant.parse("2026-11-24T21:02:00Z");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");

    private static String reason(WorkerState state, @Nullable Instant awaySince) {
        return WorkerReason.of(SampleWorkers.life(state, NOW, awaySince));
    }

    private static String reason(WorkerState state) {
        return reason(state, null);
    }

    @Test
    void whatItWaitsForOrWhyItEnds() {
        Workload work = SampleWorkers.busy(NOW, "job #1").work();
        Map<WorkerState, String> reasons = new HashMap<>();
        reasons.put(new WorkerState.Requested(), "WaitsForMachine");
        reasons.put(new WorkerState.Creating(), "WaitsForOtherMachine");
        reasons.put(new WorkerState.Booting(), "WaitsForBoot");
        reasons.put(new WorkerState.Registering(), "WaitsForAgent");
        reasons.put(new WorkerState.Idle(), "WaitsForJob");
        reasons.put(new WorkerState.Busy(work), "RunsJob");
        reasons.put(new WorkerState.Draining(work, "why", null), "WaitsForJobToEnd");
        reasons.put(new WorkerState.Draining(Workload.NONE, "why", null), "TakesNoJob");
        reasons.put(new WorkerState.Draining(work, "why", new Silence("ci/jenkins", NOW)), "SourceStale");
        reasons.put(new WorkerState.Deleting("why"), "WaitsForMachineToGo");
        reasons.put(new WorkerState.Gone("why"), "WaitsForRegistrationToGo");
        reasons.put(new WorkerState.Failed(FailureKind.NO_CAPACITY, "why"), "NoCapacity");
        reasons.put(new WorkerState.Lost("why"), "MachineLost");
        reasons.put(new WorkerState.Evicted("why"), "SpotTakenBack");
        reasons.forEach((state, reason) ->
                assertThat(reason(state)).as("%s", state).isEqualTo(reason).isNotEqualTo(state.phase()));
    }

    @Test
    void ofAnAgentThatIsAwayThatItIs() {
        assertThat(reason(new WorkerState.Idle(), NOW)).isEqualTo("AgentAway");
        assertThat(reason(SampleWorkers.busy(NOW, "job #1"), NOW)).isEqualTo("AgentAway");
        assertThat(reason(new WorkerState.Deleting("why"), NOW)).isEqualTo("WaitsForMachineToGo");
    }

    @Test
    void ofAnAnswerThatHindersItWhatStandsBehindIt() {
        assertThat(WorkerTrouble.of(new PortError.HeldBack(Duration.ofMinutes(1), "others first")))
                .isEqualTo(new WorkerTrouble(WorkerReason.WAITS_FOR_TURN, "others first"));
        assertThat(WorkerReason.of(new PortError.Throttled(Duration.ofMinutes(1), "429")))
                .isEqualTo(WorkerReason.THROTTLED);
        assertThat(WorkerReason.of(new PortError.Unauthorized("401"))).isEqualTo(WorkerReason.ACCESS_REFUSED);
        assertThat(WorkerReason.of(new PortError.Transient("timeout"))).isEqualTo(WorkerReason.NO_ANSWER);
        assertThat(WorkerReason.of(new PortError.Invalid("subnetId", "missing")))
                .isEqualTo(WorkerReason.REQUEST_REFUSED);
        assertThat(WorkerTrouble.ofPool("see the pool's conditions").reason()).isEqualTo(WorkerReason.POOL_NOT_READY);
    }

    /** People's filters and alerts are written against these. */
    @Test
    void eachFailureInOneWord() {
        assertThat(Stream.of(FailureKind.values()).map(CamelCase::of))
                .containsExactly(
                        "NoCapacity",
                        "NoAccount",
                        "OrderRefused",
                        "NotEnrolled",
                        "NotAccepted",
                        "BootFailed",
                        "NotRunning",
                        "NotRegistered");
    }

    @Test
    void eachIsExplainedToUsers() throws IOException {
        Set<String> explained = new TreeSet<>();
        List<String> lines = Files.readAllLines(Path.of("../docs/reasons.md"));
        for (String line : lines.subList(lines.indexOf("## What a worker waits for"), lines.indexOf("## Events"))) {
            if (line.startsWith("| `")) {
                CODE.matcher(line.substring(0, line.indexOf(" | ")))
                        .results()
                        .forEach(code -> explained.add(code.group(1)));
            }
        }
        List<Enum<?>> all = new ArrayList<>(List.of(WorkerReason.values()));
        all.addAll(List.of(FailureKind.values()));
        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(CamelCase::of).distinct().toList());
    }
}
