package dev.shedmaster.core.demand;

import dev.shedmaster.core.label.LabelExpression;
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
