package dev.shedmaster.ci.jenkins;

import dev.shedmaster.core.demand.Labelled;
import dev.shedmaster.core.demand.Requirement;
import dev.shedmaster.core.demand.Unlabelled;
import dev.shedmaster.core.label.LabelExpression;
import dev.shedmaster.core.label.LabelExpression.Atom;
import dev.shedmaster.core.label.LabelExpression.Binary;
import dev.shedmaster.core.label.LabelExpression.Operator;
import dev.shedmaster.core.label.LabelSyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The requirements of one reading, each text parsed once and each requirement one object: a queue of 50,000 items asks for
 * a handful of labels.
 */
final class Requirements {
    private static final Requirement UNLABELLED = new Unlabelled();

    private final Map<String, Requirement> byText = new HashMap<>();
    private final Map<Requirement, Requirement> one = new HashMap<>();

    /** No label: any node will do that is not reserved. */
    Requirement unlabelled() {
        return UNLABELLED;
    }

    /** What a label expression asks for; a text that is none is one label, as Jenkins takes it. */
    Requirement of(String expression) {
        return expression.isBlank()
                ? UNLABELLED
                : byText.computeIfAbsent(expression, text -> single(new Labelled(parsed(text))));
    }

    /**
     * What a job asks for of which only the one node that matches is known: all the labels of the node, so that what
     * satisfies them satisfies the job too, unless it asks for the absence of a label or for the node by its name.
     */
    Requirement ofNode(Computer node) {
        SortedSet<String> labels = new TreeSet<>(node.labels());
        if (labels.size() > 1) {
            labels.remove(node.name());
        }
        Optional<LabelExpression> all = labels.stream()
                .<LabelExpression>map(Atom::new)
                .reduce((left, right) -> new Binary(Operator.AND, left, right));
        return all.<Requirement>map(expression -> single(new Labelled(expression)))
                .orElse(UNLABELLED);
    }

    /** How Jenkins would print the requirement's expression in a sentence. */
    static String printedByJenkins(Requirement requirement) {
        return requirement instanceof Labelled labelled ? labelled.expression().name() : "";
    }

    private Requirement single(Requirement requirement) {
        Requirement first = one.putIfAbsent(requirement, requirement);
        return first == null ? requirement : first;
    }

    private static LabelExpression parsed(String text) {
        try {
            return LabelExpression.parse(text);
        } catch (LabelSyntaxException e) {
            return new Atom(text); // What Jenkins itself does with a text that it cannot parse.
        }
    }
}
