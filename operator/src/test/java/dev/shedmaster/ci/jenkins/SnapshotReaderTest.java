package dev.shedmaster.ci.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelSyntaxException;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import dev.shedmaster.port.MachineOwner;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final SnapshotReader reader = new SnapshotReader("ci/jenkins", "here");

    @Test
    void theRecordedQueueAndComputersMakeASnapshot() throws IOException, LabelSyntaxException {
        CiSnapshot snapshot = reader.read(
                NOW,
                "2.541.3",
                false,
                Recorded.json(Recorded.bytes("queue-tree.json")),
                ComputerReader.readAll(Recorded.json(Recorded.bytes("computers-tree.json"))));

        assertThat(snapshot.jobs())
                .containsExactly(
                        job(7, "part of pipe2 #1", "linux-amd64", 1795354940185L),
                        job(10, "part of pipe3 #1", "linux-amd64", 1795355030630L),
                        job(11, "fs-label", "arm64 && kvm", 1795355122870L));
        assertThat(snapshot.blocked()).isEqualTo(1);
        assertThat(snapshot.obscure()).isEmpty();
        assertThat(snapshot.agents()).containsOnlyKeys("a-2", "anchor");
        assertThat(snapshot.version()).isEqualTo("2.541.3");
        assertThat(snapshot.observedAt()).isEqualTo(NOW);
    }

    @Test
    void onlyWhatWaitsForAnExecutorIsDemand() throws IOException {
        CiSnapshot snapshot = read("""
                {"items":[
                 {"_class":"hudson.model.Queue$WaitingItem","id":1,"task":{"labelExpression":"x"}},
                 {"_class":"hudson.model.Queue$BlockedItem","id":2,"task":{"labelExpression":"x"}},
                 {"_class":"hudson.model.Queue$BuildableItem","id":3,"pending":true,"task":{"labelExpression":"x"}},
                 {"_class":"hudson.model.Queue$BuildableItem","id":4,"why":"There are no nodes with the label ‘x’",
                  "task":{"_class":"org.jenkinsci.plugins.workflow.job.WorkflowJob"}},
                 {"_class":"hudson.model.Queue$BuildableItem","id":5,"why":"Jenkins is about to shut down",
                  "task":{"labelExpression":"x"}},
                 {"_class":"hudson.model.Queue$BuildableItem","id":6,"why":"There are no nodes with the label ‘x’",
                  "task":{"labelExpression":"x"}}]}""");
        assertThat(snapshot.jobs()).extracting(QueuedJob::id).containsExactly("6");
        assertThat(snapshot.blocked()).isEqualTo(3);
    }

    @Test
    void anItemThatStartedBetweenTheTwoReadingsIsNotDemandedTwice() throws IOException {
        Computer busy =
                new Computer("w-1", "", false, true, false, "", Set.of("w-1", "x"), 1, 0, List.of(), Set.of(6L), 0);
        CiSnapshot snapshot = reader.read(NOW, "", false, Recorded.json("""
                {"items":[{"_class":"hudson.model.Queue$BuildableItem","id":6,
                  "why":"Waiting for next available executor on ‘w-1’","task":{"labelExpression":"x"}}]}"""), List.of(busy));
        assertThat(snapshot.jobs()).isEmpty();
    }

    @Test
    void agentsTellTheirLabelsWithoutTheirOwnNameAndShareThem() throws IOException {
        List<Computer> computers = List.of(idle("w-1"), idle("w-2"));
        Map<String, AgentState> agents = reader.read(NOW, "", false, Recorded.json("{\"items\":[]}"), computers)
                .agents();
        Set<String> labels = Objects.requireNonNull(agents.get("w-1")).labels();
        assertThat(labels).containsExactlyInAnyOrder("x", "y");
        assertThat(Objects.requireNonNull(agents.get("w-2")).labels()).isSameAs(labels);
    }

    private static Computer idle(String name) {
        return new Computer(name, "", false, true, false, "", Set.of(name, "x", "y"), 1, 1, List.of(), Set.of(), 0);
    }

    @Test
    void whatCannotBeUnderstoodIsCountedByReason() throws IOException {
        StringBuilder queue = new StringBuilder("{\"discoverableItems\":[{},{}],\"items\":[");
        for (int i = 0; i < 100; i++) {
            queue.append(i == 0 ? "" : ",")
                    .append("{\"_class\":\"hudson.model.Queue$BuildableItem\",\"id\":")
                    .append(i)
                    .append(",\"why\":\"odd ")
                    .append(i < 50 ? 0 : i)
                    .append("\",\"task\":{}}");
        }
        Map<String, Integer> obscure = read(queue + "]}").obscure();
        assertThat(obscure)
                .containsEntry("Jenkins says why in words that do not name a label: 'odd 0'", 50)
                .hasSizeLessThanOrEqualTo(21);
        assertThat(obscure.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(102);
    }

    @Test
    void jobsThatMayNotBeSeenAreReported() throws IOException {
        assertThat(read("{\"discoverableItems\":[{},{}],\"items\":[]}").obscure())
                .containsExactly(Map.entry("the credential may know of the job but not see it: it lacks Job/Read", 2));
    }

    @Test
    void twoReadingsOfTheSameShowTheSame() throws IOException {
        String queue = new String(Recorded.bytes("queue-tree.json"), java.nio.charset.StandardCharsets.UTF_8);
        CiSnapshot first = read(queue);
        CiSnapshot second = reader.read(NOW.plusSeconds(9), "", false, Recorded.json(queue), List.of(anchor()));
        assertThat(second.showsTheSameAs(first)).isTrue();
        assertThat(read("{\"items\":[]}").showsTheSameAs(first)).isFalse();
    }

    @Test
    void whoeverCanTakeAJobAndIsNotOursIsOutside() throws IOException {
        CiSnapshot snapshot = reader.read(
                NOW,
                "",
                false,
                Recorded.json("{\"items\":[]}"),
                List.of(
                        computer("static-1", "by hand", true, 1, 1, "static-1", "s390x"),
                        computer("static-2", "by hand", true, 1, 1, "static-2", "s390x"),
                        computer("static-3", "by hand", true, 1, 0, "static-3", "s390x"),
                        computer("static-4", "by hand", false, 1, 1, "static-4", "s390x"),
                        computer("ours", mark("here", "ours"), true, 1, 1, "ours", "kvm"),
                        computer("a-copy-of-ours", mark("here", "ours"), true, 1, 1, "a-copy-of-ours", "s390x"),
                        computer("theirs", mark("there", "theirs"), true, 2, 2, "theirs", "kvm"),
                        computer("no-executors", "", true, 0, 0, "no-executors", "kvm"),
                        computer("deleted", "", true, 1, 0),
                        anchor()));
        assertThat(snapshot.outside().groups())
                .containsExactlyInAnyOrder(
                        group(OutsideAgents.State.FREE, "s390x", "static-1", "static-2", "a-copy-of-ours"),
                        group(OutsideAgents.State.BUSY, "s390x", "static-3"),
                        group(OutsideAgents.State.AWAY, "s390x", "static-4"),
                        group(OutsideAgents.State.FREE, "kvm", "theirs"));
    }

    @Test
    void theBuiltInNodeIsOutsideIfItHasExecutors() throws IOException {
        Computer builtIn = new Computer(
                "Built-In Node", "", true, true, false, "", Set.of("built-in"), 2, 2, List.of(), Set.of(), 0);
        assertThat(reader.read(NOW, "", false, Recorded.json("{\"items\":[]}"), List.of(builtIn))
                        .outside()
                        .groups())
                .containsExactly(group(OutsideAgents.State.FREE, "built-in", "Built-In Node"));
        assertThat(reader.read(
                                NOW,
                                "",
                                false,
                                Recorded.json("{\"items\":[]}"),
                                ComputerReader.readAll(Recorded.json(Recorded.bytes("computers-tree.json"))))
                        .outside()
                        .groups())
                .as("the recorded one has none")
                .containsExactly(group(OutsideAgents.State.AWAY, "zz-anchor", "anchor"));
    }

    private static Computer computer(
            String name, String description, boolean connected, int executors, int idle, String... labels) {
        return new Computer(
                name,
                description,
                false,
                connected,
                false,
                "",
                Set.of(labels),
                executors,
                idle,
                List.of(),
                Set.of(),
                0);
    }

    private static String mark(String installation, String node) {
        return OwnershipMark.appendedTo("", new MachineOwner(installation, "ci/p", "ci/" + node, "uid"));
    }

    private static OutsideAgents.Group group(OutsideAgents.State state, String label, String... names) {
        return new OutsideAgents.Group(Set.of(label), state, new LinkedHashSet<>(List.of(names)));
    }

    private CiSnapshot read(String queue) throws IOException {
        return reader.read(NOW, "", false, Recorded.json(queue), List.of(anchor()));
    }

    private static Computer anchor() {
        return new Computer(
                AnchorNode.NAME, "", false, false, false, "", Set.of(AnchorNode.NAME), 1, 1, List.of(), Set.of(), 0);
    }

    private static QueuedJob job(long id, String name, String label, long since) throws LabelSyntaxException {
        return new QueuedJob(
                "ci/jenkins",
                Long.toString(id),
                name,
                new Labelled(LabelExpression.parse(label)),
                Instant.ofEpochMilli(since));
    }
}
