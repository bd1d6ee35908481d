package dev.shedmaster.ci.jenkins;

import com.fasterxml.jackson.core.JsonParser;
import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.demand.QueuedJob;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns Jenkins' queue and nodes, read one right after the other, into what the fleet's planner wants to know. */
final class SnapshotReader {
    private static final int MOST_REASONS = 20;
    private static final String HIDDEN = "the credential may know of the job but not see it: it lacks Job/Read";
    private static final String OTHER = "other reasons";

    /** Ids rise, and a longer number is a higher one. */
    private static final Comparator<QueuedJob> OLDEST_FIRST = Comparator.comparing(QueuedJob::queuedAt)
            .thenComparingInt(job -> job.id().length())
            .thenComparing(QueuedJob::id);

    private final String source;
    private final String installation;
    private final RequirementMemory memory = new RequirementMemory();
    private Nodes nodesBefore = Nodes.NONE;

    SnapshotReader(String source, String installation) {
        this.source = source;
        this.installation = installation;
    }

    /**
     * Reads a queue whose nodes were read before it.
     *
     * @param afterRestart whether steps that a restart has interrupted may wait for the nodes that they ran on
     * @throws IOException if the text is no queue
     */
    CiSnapshot read(
            Instant observedAt, String version, boolean afterRestart, JsonParser queue, List<Computer> computers)
            throws IOException {
        Nodes nodes = new Nodes(computers);
        memory.beginReading();
        QueueJudge judge = new QueueJudge(nodes, nodesBefore, memory, afterRestart);
        Gathered gathered = new Gathered(judge, started(computers));
        int hidden = QueueReader.read(queue, gathered::add);
        for (int i = 0; i < hidden; i++) {
            gathered.obscure(HIDDEN);
        }
        memory.endReading();
        nodesBefore = nodes;
        gathered.jobs.sort(OLDEST_FIRST);
        return new CiSnapshot(
                observedAt,
                version,
                gathered.jobs,
                gathered.obscure,
                gathered.blocked,
                agents(computers),
                outside(computers),
                judge.namedNodes());
    }

    /** Thousands of agents have the same few sets of labels: each is kept once. */
    private static Map<String, AgentState> agents(List<Computer> computers) {
        Map<String, AgentState> agents = new HashMap<>();
        Map<Set<String>, Set<String>> labels = new HashMap<>();
        for (Computer computer : computers) {
            if (!computer.builtIn() && !computer.name().equals(AnchorNode.NAME)) {
                Set<String> given = computer.givenLabels();
                agents.put(computer.name(), computer.state(labels.computeIfAbsent(given, Set::copyOf)));
            }
        }
        return agents;
    }

    private OutsideAgents outside(List<Computer> computers) {
        OutsideAgents.Gathering outside = new OutsideAgents.Gathering();
        for (Computer computer : computers) {
            if (computer.registered()
                    && computer.executors() > 0
                    && !computer.name().equals(AnchorNode.NAME)
                    && computer.owner()
                            .filter(owner -> owner.installation().equals(installation))
                            .isEmpty()) {
                outside.add(computer.name(), computer.labels(), computer.outsideState());
            }
        }
        return outside.done();
    }

    /** Items that had an executor already when the nodes were read: whatever the queue says of them, they wait no more. */
    private static Set<Long> started(List<Computer> computers) {
        Set<Long> started = new HashSet<>();
        computers.forEach(computer -> started.addAll(computer.runningItems()));
        return started;
    }

    /** What has been gathered from the queue so far. */
    private final class Gathered {
        private final QueueJudge judge;
        private final Set<Long> started;
        private final List<QueuedJob> jobs = new ArrayList<>();
        private final Map<String, Integer> obscure = new HashMap<>();
        private int blocked;

        Gathered(QueueJudge judge, Set<Long> started) {
            this.judge = judge;
            this.started = started;
        }

        void add(QueueItem item) {
            if (!item.buildable()) {
                blocked++;
            } else if (!item.pending() && !item.flyweight() && !started.contains(item.id())) {
                switch (judge.judge(item)) {
                    case Verdict.Demand(Requirement requirement) ->
                        jobs.add(new QueuedJob(
                                source, Long.toString(item.id()), item.taskName(), requirement, item.since()));
                    case Verdict.Blocked ignored -> blocked++;
                    case Verdict.Obscure(String reason) -> obscure(reason);
                }
            }
        }

        void obscure(String reason) {
            boolean room = obscure.size() < MOST_REASONS || obscure.containsKey(reason);
            obscure.merge(room ? reason : OTHER, 1, Integer::sum);
        }
    }
}
