package dev.shedmaster.core.demand;

import dev.shedmaster.core.label.LabelExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The job asks for labels in Jenkins' language. Two requirements are equal if they are written alike but for white space.
 */
public final class Labelled implements Requirement {
    private final LabelExpression expression;
    private final String text;

    public Labelled(LabelExpression expression) {
        this.expression = expression;
        this.text = expression.print();
    }

    public LabelExpression expression() {
        return expression;
    }

    @Override
    public boolean servedBy(Set<String> labels, boolean exclusive) {
        return expression.matches(labels);
    }

    @Override
    public String describe() {
        return text;
    }

    @Override
    public List<String> unmetBy(Set<String> labels, boolean exclusive) {
        List<String> unmet = new ArrayList<>();
        collectUnmet(expression, labels, unmet);
        return List.copyOf(unmet);
    }

    /** Looks at each part that must hold by itself, so that a person reads which of them does not. */
    private static void collectUnmet(LabelExpression part, Set<String> labels, List<String> unmet) {
        if (part.matches(labels)) {
            return;
        }
        switch (part) {
            case LabelExpression.Group group -> collectUnmet(group.inner(), labels, unmet);
            case LabelExpression.Binary both
            when both.operator() == LabelExpression.Operator.AND -> {
                collectUnmet(both.left(), labels, unmet);
                collectUnmet(both.right(), labels, unmet);
            }
            case LabelExpression.Atom atom -> unmet.add("lacks " + atom.label());
            case LabelExpression.Not not -> unmet.add("does not satisfy " + not.print());
            case LabelExpression.Binary other -> unmet.add("does not satisfy " + other.print());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Labelled that && text.equals(that.text);
    }

    /** Cheap: a string keeps its hash, and the planner hashes every job's requirement. */
    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "Labelled[" + text + "]";
    }
}
