package dev.shedmaster.ci.jenkins;

import dev.shedmaster.core.demand.Requirement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a buildable item requires (reference: jenkins.md, sections 1.3 and 1.9): what its job was configured to
 * ask for, checked against Jenkins' sentence, which also knows what a plugin assigned; for what does not tell its label,
 * the sentence alone; when that names only a node, what was learnt earlier, else the node's labels.
 */
final class QueueJudge {
    private static final int LONGEST_QUOTE = 120;

    private final Nodes nodes;
    private final Nodes nodesBefore;
    private final RequirementMemory memory;
    private final boolean afterRestart;
    private final Requirements requirements = new Requirements();
    private final Map<String, Why> sentences = new HashMap<>();
    private final Set<String> named = new HashSet<>();

    /** @param afterRestart whether steps that a restart has interrupted may wait for the nodes that they ran on */
    QueueJudge(Nodes nodes, Nodes nodesBefore, RequirementMemory memory, boolean afterRestart) {
        this.nodes = nodes;
        this.nodesBefore = nodesBefore;
        this.memory = memory;
        this.afterRestart = afterRestart;
    }

    Verdict judge(QueueItem item) {
        String sentence = item.why() == null ? "" : item.why();
        String label = item.configuredLabel();
        Requirement configured = label == null ? null : requirements.of(label);
        return switch (sentences.computeIfAbsent(sentence, Why::read)) {
            case Why.ForRestart ignored -> new Verdict.Blocked();
            case Why.ForLabel(String named) -> told(item, byName(configured, named));
            case Why.ForExecutorOn(String name) -> forExecutorOn(item, configured, name);
            case Why.ForNode(String name) -> forNode(item, configured, name, sentence);
            case Why.ForAnyExecutor ignored -> forAnyExecutor(item, configured);
            case Why.Refused refused -> refused(item, configured, refused, sentence);
        };
    }

    /** The nodes that items wait for by name, or because no other would do. */
    Set<String> namedNodes() {
        return named;
    }

    private Verdict forExecutorOn(QueueItem item, @Nullable Requirement configured, String name) {
        if (configured != null && Requirements.printedByJenkins(configured).equals(name)) {
            return told(item, configured);
        }
        Optional<Computer> node = node(name);
        return node.isPresent() ? byNode(item, configured, node.get()) : told(item, byName(configured, name));
    }

    private Verdict forNode(QueueItem item, @Nullable Requirement configured, String name, String sentence) {
        Optional<Computer> node = node(name);
        return node.isPresent() ? byNode(item, configured, node.get()) : otherwise(item, configured, sentence);
    }

    private Verdict forAnyExecutor(QueueItem item, @Nullable Requirement configured) {
        if (configured != null) {
            return told(item, configured);
        }
        if (nodes.agentsDefined()) {
            return told(item, requirements.unlabelled());
        }
        Requirement known = memory.recall(item.id());
        return known != null
                ? new Verdict.Demand(known)
                : new Verdict.Obscure("Jenkins does not name labels while it has no node: its node '" + AnchorNode.NAME
                        + "' is missing");
    }

    private Verdict refused(QueueItem item, @Nullable Requirement configured, Why.Refused refused, String sentence) {
        if (refused.forbidden()) {
            return new Verdict.Blocked();
        }
        Verdict verdict = refused.labels().size() == 1
                ? told(item, byName(configured, refused.labels().iterator().next()))
                : refused.reserved() && configured == null
                        ? told(item, requirements.unlabelled())
                        : otherwise(item, configured, sentence);
        // An idle executor that would do was refused in words we don't know: a rule keeps the item, not the lack of
        // one.
        return !refused.unknown().isEmpty()
                        && verdict instanceof Verdict.Demand(Requirement requirement)
                        && nodes.haveIdleFor(requirement)
                ? new Verdict.Blocked()
                : verdict;
    }

    /** Only one node matches: the job's own expression if that is why, else what is known, else the node's labels. */
    private Verdict byNode(QueueItem item, @Nullable Requirement configured, Computer node) {
        named.add(node.name());
        boolean explains = configured != null
                && !configured.equals(requirements.unlabelled())
                && configured.servedBy(node.labels(), true);
        if (configured != null && (explains || item.parameterLabel() != null)) {
            return told(item, configured);
        }
        Requirement known = memory.isCertain(item.id()) ? memory.recall(item.id()) : null;
        if (known != null) {
            return new Verdict.Demand(known);
        }
        if (afterRestart && (!node.connected() || node.markedOffline())) {
            // It gets its executor back when that node is there again, and no other will do.
            return new Verdict.Blocked();
        }
        // Jenkins names a node where no other would do. If another has all its labels, these are not what is asked for,
        // but most likely the node itself; nobody asks for a worker's node by its name.
        Requirement guessed = requirements.ofNode(node);
        boolean holds = memory.guess(item.id(), guessed, node.owner().isEmpty() && nodes.haveDoubleOf(node));
        return new Verdict.Demand(holds ? guessed : requirements.of(node.name()));
    }

    /** The sentence does not help: what the job was configured to ask for, else what is known. */
    private Verdict otherwise(QueueItem item, @Nullable Requirement configured, String sentence) {
        if (configured != null) {
            return new Verdict.Demand(configured);
        }
        Requirement known = memory.recall(item.id());
        if (known != null) {
            return new Verdict.Demand(known);
        }
        return new Verdict.Obscure(
                sentence.isBlank()
                        ? "Jenkins does not say what it waits for"
                        : "Jenkins says why in words that do not name a label: '"
                                + JsonText.bounded(sentence, LONGEST_QUOTE) + "'");
    }

    private Verdict told(QueueItem item, Requirement requirement) {
        if (item.configuredLabel() == null) {
            memory.remember(item.id(), requirement);
        }
        return new Verdict.Demand(requirement);
    }

    /** What Jenkins printed without quotes and blanks, as it was typed if that is known. */
    private Requirement byName(@Nullable Requirement configured, String printed) {
        return configured != null && Requirements.printedByJenkins(configured).equals(printed)
                ? configured
                : requirements.of(printed);
    }

    /** The queue may still name a node that the latest reading of the nodes no longer had: it was in the one before. */
    private Optional<Computer> node(String name) {
        return nodes.named(name).or(() -> nodesBefore.named(name));
    }
}
