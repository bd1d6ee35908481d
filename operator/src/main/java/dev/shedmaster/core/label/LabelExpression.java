package dev.shedmaster.core.label;

import java.util.HashSet;
import java.util.Set;

/**
 * An expression of Jenkins' label language, such as {@code amd64 && kvm}. Binding, tightest first: {@code !},
 * {@code &&}, {@code ||}, {@code ->}, {@code <->}. Equal expressions are written alike but for white space and quotes.
 */
public sealed interface LabelExpression {

    /** Whether a worker with these labels satisfies the expression. Labels match exactly, case included. */
    boolean matches(Set<String> labels);

    /** The expression without white space and quotes, as Jenkins shows it to people. Not always parseable again. */
    String name();

    /** The expression in its shortest form that parses to the same expression. */
    default String print() {
        StringBuilder printed = new StringBuilder();
        print(this, printed);
        return printed.toString();
    }

    private static void print(LabelExpression part, StringBuilder printed) {
        switch (part) {
            case Atom(String label) -> printed.append(LabelLexer.isPlainAtom(label) ? label : LabelLexer.quote(label));
            case Not not -> print(not.operand(), printed.append('!'));
            case Group group -> {
                print(group.inner(), printed.append('('));
                printed.append(')');
            }
            case Binary both -> {
                print(both.left(), printed);
                print(both.right(), printed.append(both.operator().symbol()));
            }
        }
    }

    /** Every label that it names. */
    default Set<String> atoms() {
        Set<String> atoms = new HashSet<>();
        collectAtoms(this, atoms);
        return atoms;
    }

    private static void collectAtoms(LabelExpression part, Set<String> atoms) {
        switch (part) {
            case Atom atom -> atoms.add(atom.label());
            case Not not -> collectAtoms(not.operand(), atoms);
            case Group group -> collectAtoms(group.inner(), atoms);
            case Binary both -> {
                collectAtoms(both.left(), atoms);
                collectAtoms(both.right(), atoms);
            }
        }
    }

    /**
     * Parses what a user typed.
     *
     * @throws LabelSyntaxException saying where and what; also for texts beyond the parser's bounds of length and depth
     */
    static LabelExpression parse(String text) throws LabelSyntaxException {
        return new LabelParser(text).parse();
    }

    /** One label. */
    record Atom(String label) implements LabelExpression {
        @Override
        public boolean matches(Set<String> labels) {
            return labels.contains(label);
        }

        @Override
        public String name() {
            return label;
        }
    }

    /** Not. */
    record Not(LabelExpression operand) implements LabelExpression {
        @Override
        public boolean matches(Set<String> labels) {
            return !operand.matches(labels);
        }

        @Override
        public String name() {
            return "!" + operand.name();
        }
    }

    /** Parentheses that a user wrote; they are kept so that an expression is shown as it was meant. */
    record Group(LabelExpression inner) implements LabelExpression {
        @Override
        public boolean matches(Set<String> labels) {
            return inner.matches(labels);
        }

        @Override
        public String name() {
            return "(" + inner.name() + ")";
        }
    }

    /** An operator between two expressions. */
    record Binary(Operator operator, LabelExpression left, LabelExpression right) implements LabelExpression {
        @Override
        public boolean matches(Set<String> labels) {
            return switch (operator) {
                case AND -> left.matches(labels) && right.matches(labels);
                case OR -> left.matches(labels) || right.matches(labels);
                case IMPLIES -> !left.matches(labels) || right.matches(labels);
                case IFF -> left.matches(labels) == right.matches(labels);
            };
        }

        @Override
        public String name() {
            return left.name() + operator.symbol() + right.name();
        }
    }

    /** The operators between two expressions, tightest first. */
    enum Operator {
        AND("&&"),
        OR("||"),
        IMPLIES("->"),
        IFF("<->");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        public String symbol() {
            return symbol;
        }
    }
}
