package dev.shedmaster.lab.jenkins.label;

import dev.shedmaster.lab.jenkins.label.LabelExpression.And;
import dev.shedmaster.lab.jenkins.label.LabelExpression.Atom;
import dev.shedmaster.lab.jenkins.label.LabelExpression.Iff;
import dev.shedmaster.lab.jenkins.label.LabelExpression.Implies;
import dev.shedmaster.lab.jenkins.label.LabelExpression.Not;
import dev.shedmaster.lab.jenkins.label.LabelExpression.Or;
import dev.shedmaster.lab.jenkins.label.LabelExpression.Paren;

/** Reads one label expression by descent, one method for each strength of binding. */
final class LabelParser {
    /** Deeper nesting than a person writes; keeps the descent within the stack. */
    private static final int DEEPEST = 500;

    private static final String NEVER_IN_ATOM = "&|!<>() \t\"'";

    private final String text;
    private int position;
    private int depth;

    LabelParser(String text) {
        this.text = text;
    }

    LabelExpression parse() throws LabelSyntaxException {
        LabelExpression whole = iff();
        skipBlanks();
        if (position < text.length()) {
            throw problem("expected an operator or the end");
        }
        return whole;
    }

    private LabelExpression iff() throws LabelSyntaxException {
        LabelExpression left = implies();
        while (take("<->")) {
            left = new Iff(left, implies());
        }
        return left;
    }

    /** Does not associate: {@code a->b->c} is an error. */
    private LabelExpression implies() throws LabelSyntaxException {
        LabelExpression left = or();
        if (!take("->")) {
            return left;
        }
        return new Implies(left, or());
    }

    private LabelExpression or() throws LabelSyntaxException {
        LabelExpression left = and();
        while (take("||")) {
            left = new Or(left, and());
        }
        return left;
    }

    private LabelExpression and() throws LabelSyntaxException {
        LabelExpression left = not();
        while (take("&&")) {
            left = new And(left, not());
        }
        return left;
    }

    /** A negation binds one operand only, which is not a negation itself. */
    private LabelExpression not() throws LabelSyntaxException {
        return take("!") ? new Not(operand()) : operand();
    }

    private LabelExpression operand() throws LabelSyntaxException {
        if (take("(")) {
            if (++depth > DEEPEST) {
                throw problem("nested deeper than " + DEEPEST);
            }
            LabelExpression inner = iff();
            if (!take(")")) {
                throw problem("expected ')'");
            }
            depth--;
            return new Paren(inner);
        }
        skipBlanks();
        return position < text.length() && text.charAt(position) == '"' ? quoted() : atom();
    }

    private LabelExpression atom() throws LabelSyntaxException {
        int start = position;
        while (position < text.length() && belongsToAtom(position)) {
            position++;
        }
        if (position == start) {
            throw problem("expected a label, '!' or '('");
        }
        return new Atom(text.substring(start, position));
    }

    private boolean belongsToAtom(int at) {
        char c = text.charAt(at);
        return c == '-' ? !text.startsWith("->", at) : NEVER_IN_ATOM.indexOf(c) < 0;
    }

    private LabelExpression quoted() throws LabelSyntaxException {
        StringBuilder label = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != '"') {
            label.append(text.charAt(position) == '\\' ? escaped() : text.charAt(position));
            position++;
        }
        if (position == text.length()) {
            throw problem("the quoted label does not end");
        }
        position++;
        return new Atom(label.toString());
    }

    private char escaped() throws LabelSyntaxException {
        position++;
        if (position == text.length()) {
            throw problem("the quoted label does not end");
        }
        return switch (text.charAt(position)) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case '"' -> '"';
            case '\'' -> '\'';
            case '\\' -> '\\';
            default -> throw problem("unknown escape");
        };
    }

    private boolean take(String token) {
        skipBlanks();
        boolean there = text.startsWith(token, position);
        position += there ? token.length() : 0;
        return there;
    }

    private void skipBlanks() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\t')) {
            position++;
        }
    }

    private LabelSyntaxException problem(String what) {
        return new LabelSyntaxException(position, what);
    }
}
