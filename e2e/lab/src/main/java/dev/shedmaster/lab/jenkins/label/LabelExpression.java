package dev.shedmaster.lab.jenkins.label;

import java.util.Set;

/** What a job demands of a node: one label or a formula of labels. */
public sealed interface LabelExpression {

    /** One label, matched exactly and case-sensitively. */
    record Atom(String label) implements LabelExpression {}

    /** {@code !a}. */
    record Not(LabelExpression operand) implements LabelExpression {}

    /** Parentheses, which the controller keeps where they were written. */
    record Paren(LabelExpression inner) implements LabelExpression {}

    /** {@code a && b}. */
    record And(LabelExpression left, LabelExpression right) implements LabelExpression {}

    /** {@code a || b}. */
    record Or(LabelExpression left, LabelExpression right) implements LabelExpression {}

    /** {@code a -> b}. */
    record Implies(LabelExpression left, LabelExpression right) implements LabelExpression {}

    /** {@code a <-> b}. */
    record Iff(LabelExpression left, LabelExpression right) implements LabelExpression {}

    /**
     * Reads an expression as the controller does for a job: a text that does not parse is one label with that text.
     */
    static LabelExpression of(String text) {
        try {
            return new LabelParser(text).parse();
        } catch (LabelSyntaxException notAnExpression) {
            return new Atom(text);
        }
    }

    /** Reads an expression strictly. */
    static LabelExpression parse(String text) throws LabelSyntaxException {
        return new LabelParser(text).parse();
    }

    /** Whether a node with these labels satisfies the demand. */
    default boolean matches(Set<String> labels) {
        return switch (this) {
            case Atom(String label) -> labels.contains(label);
            case Not(LabelExpression operand) -> !operand.matches(labels);
            case Paren(LabelExpression inner) -> inner.matches(labels);
            case And(LabelExpression left, LabelExpression right) -> left.matches(labels) && right.matches(labels);
            case Or(LabelExpression left, LabelExpression right) -> left.matches(labels) || right.matches(labels);
            case Implies(LabelExpression left, LabelExpression right) -> !left.matches(labels) || right.matches(labels);
            case Iff(LabelExpression left, LabelExpression right) -> left.matches(labels) == right.matches(labels);
        };
    }

    /** The controller's name for it: no spaces; a lone label unquoted, one inside a formula quoted where it must be. */
    default String printed() {
        return this instanceof Atom(String label) ? label : formula();
    }

    private String formula() {
        return switch (this) {
            case Atom(String label) -> quotedWhereNeeded(label);
            case Not(LabelExpression operand) -> "!" + operand.formula();
            case Paren(LabelExpression inner) -> "(" + inner.formula() + ")";
            case And(LabelExpression left, LabelExpression right) -> left.formula() + "&&" + right.formula();
            case Or(LabelExpression left, LabelExpression right) -> left.formula() + "||" + right.formula();
            case Implies(LabelExpression left, LabelExpression right) -> left.formula() + "->" + right.formula();
            case Iff(LabelExpression left, LabelExpression right) -> left.formula() + "<->" + right.formula();
        };
    }

    /** The expression as a job's {@code labelExpression} would have to be typed to mean this. */
    default String expression() {
        return formula();
    }

    /** The class name under which the controller exports it. */
    default String exportedClass() {
        return this instanceof Atom
                ? "hudson.model.labels.LabelAtom"
                : "hudson.model.labels.LabelExpression$" + getClass().getSimpleName();
    }

    private static String quotedWhereNeeded(String label) {
        boolean plain = !label.isEmpty()
                && label.chars().noneMatch(c -> c < ' ' || " ()\t\n?*/\\%!@#$^&|<>[]:;".indexOf(c) >= 0);
        return plain ? label : '"' + label.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
