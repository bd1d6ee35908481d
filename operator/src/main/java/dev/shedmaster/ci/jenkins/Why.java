package dev.shedmaster.ci.jenkins;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Jenkins says that a buildable item waits for, read from its English sentence (reference: jenkins.md, section 1.3).
 * The sentence is the only place that tells the label of a Pipeline step or of a matrix cell.
 */
sealed interface Why {

    /** For a label expression, printed without quotes and white space. */
    record ForLabel(String label) implements Why {}

    /** For an executor of what is a node if one has that name, else a label expression. */
    record ForExecutorOn(String nodeOrLabel) implements Why {}

    /** For this node to come online; it is the only one that matches. */
    record ForNode(String node) implements Why {}

    /** For any executor: there is no label, or no agent is defined, in which case Jenkins does not name the label. */
    record ForAnyExecutor() implements Why {}

    /** For Jenkins to be restarted. */
    record ForRestart() implements Why {}

    /**
     * There are idle executors, and all of them were refused.
     *
     * @param labels the label expressions that nodes were found to lack: at most one unless plugins meddle
     * @param reserved nodes were refused because the item has no label and they are reserved for those that have
     * @param forbidden nodes were refused because the build has no permission to run there: a further one would be too
     * @param unknown refusals in other words than the core's, such as a plugin's
     */
    record Refused(Set<String> labels, boolean reserved, boolean forbidden, List<String> unknown) implements Why {
        public Refused {
            labels = Set.copyOf(labels);
            unknown = List.copyOf(unknown);
        }
    }

    String OPEN = "\u2018";
    String CLOSE = "\u2019";

    static Why read(@Nullable String sentence) {
        String text = sentence == null ? "" : sentence.strip();
        if (text.equals("Waiting for next available executor")) {
            return new ForAnyExecutor();
        }
        if (text.equals("Jenkins is about to shut down")) {
            return new ForRestart();
        }
        return quoted(text, "Waiting for next available executor on " + OPEN, CLOSE)
                .<Why>map(ForExecutorOn::new)
                .or(() -> quoted(text, "There are no nodes with the label " + OPEN, CLOSE)
                        .map(ForLabel::new))
                .or(() -> quoted(text, "All nodes of label " + OPEN, CLOSE + " are offline")
                        .map(ForLabel::new))
                .or(() -> quoted(text, OPEN, CLOSE + " is offline").map(ForNode::new))
                .orElseGet(() -> new RefusalReader().read(text));
    }

    /** What stands between the two, however many closing quotes it holds itself: a label may. */
    private static Optional<String> quoted(String text, String start, String end) {
        return text.length() > start.length() + end.length() && text.startsWith(start) && text.endsWith(end)
                ? Optional.of(text.substring(start.length(), text.length() - end.length()))
                : Optional.empty();
    }
}
