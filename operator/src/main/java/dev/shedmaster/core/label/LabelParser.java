package dev.shedmaster.core.label;

import dev.shedmaster.core.label.LabelExpression.Atom;
import dev.shedmaster.core.label.LabelExpression.Binary;
import dev.shedmaster.core.label.LabelExpression.Group;
import dev.shedmaster.core.label.LabelExpression.Not;
import dev.shedmaster.core.label.LabelExpression.Operator;
import dev.shedmaster.core.label.LabelLexer.Kind;
import dev.shedmaster.core.label.LabelLexer.Token;

/**
 * Recursive descent over the language's five levels. {@code !} takes one label or group ({@code !!a} is an error),
 * {@code ->} does not chain ({@code a->b->c} is an error); both as in Jenkins.
 */
final class LabelParser {
    /** Longer than any label a person writes; bounds time. */
    static final int MAX_LENGTH = 8192;
    /** Deeper than any expression a person writes; bounds the stack. */
    static final int MAX_DEPTH = 128;
    /** Operators side by side nest to the left; this bounds the depth of evaluation as well. */
    static final int MAX_OPERATORS = 1024;

    private final String text;
    private final LabelLexer lexer;
    private Token current = new Token(Kind.END, 0, "");
    private int depth;
    private int operators;

    LabelParser(String text) {
        this.text = text;
        this.lexer = new LabelLexer(text);
    }

    LabelExpression parse() throws LabelSyntaxException {
        if (text.length() > MAX_LENGTH) {
            throw new LabelSyntaxException(
                    MAX_LENGTH, "the expression is longer than " + MAX_LENGTH + " characters; no label needs that");
        }
        advance();
        LabelExpression expression = iff();
        if (current.kind() != Kind.END) {
            throw unexpected("an operator or the end");
        }
        return expression;
    }

    private LabelExpression iff() throws LabelSyntaxException {
        LabelExpression left = implies();
        while (current.kind() == Kind.IFF) {
            advanceOverOperator();
            left = new Binary(Operator.IFF, left, implies());
        }
        return left;
    }

    private LabelExpression implies() throws LabelSyntaxException {
        LabelExpression left = or();
        if (current.kind() != Kind.IMPLIES) {
            return left;
        }
        advanceOverOperator();
        LabelExpression right = or();
        if (current.kind() == Kind.IMPLIES) {
            throw new LabelSyntaxException(
                    current.position(), "'->' cannot follow another '->'; use parentheses to say which comes first");
        }
        return new Binary(Operator.IMPLIES, left, right);
    }

    private LabelExpression or() throws LabelSyntaxException {
        LabelExpression left = and();
        while (current.kind() == Kind.OR) {
            advanceOverOperator();
            left = new Binary(Operator.OR, left, and());
        }
        return left;
    }

    private LabelExpression and() throws LabelSyntaxException {
        LabelExpression left = not();
        while (current.kind() == Kind.AND) {
            advanceOverOperator();
            left = new Binary(Operator.AND, left, not());
        }
        return left;
    }

    private LabelExpression not() throws LabelSyntaxException {
        if (current.kind() != Kind.NOT) {
            return primary();
        }
        advance();
        if (current.kind() == Kind.NOT) {
            throw new LabelSyntaxException(current.position(), "'!' cannot follow another '!'; write !(!a)");
        }
        return new Not(primary());
    }

    private LabelExpression primary() throws LabelSyntaxException {
        if (current.kind() == Kind.ATOM) {
            Atom atom = new Atom(current.text());
            advance();
            return atom;
        }
        if (current.kind() != Kind.OPEN) {
            throw unexpected("a label, '!' or '('");
        }
        if (++depth > MAX_DEPTH) {
            throw new LabelSyntaxException(
                    current.position(), "parentheses are nested more than " + MAX_DEPTH + " deep");
        }
        int opened = current.position();
        advance();
        LabelExpression inner = iff();
        if (current.kind() != Kind.CLOSE) {
            throw new LabelSyntaxException(
                    current.position(), "the parenthesis opened at character " + (opened + 1) + " is not closed");
        }
        depth--;
        advance();
        return new Group(inner);
    }

    private void advance() throws LabelSyntaxException {
        current = lexer.next();
    }

    private void advanceOverOperator() throws LabelSyntaxException {
        if (++operators > MAX_OPERATORS) {
            throw new LabelSyntaxException(current.position(), "more than " + MAX_OPERATORS + " operators");
        }
        advance();
    }

    private LabelSyntaxException unexpected(String expected) {
        return new LabelSyntaxException(
                current.position(),
                "found " + current.kind().description()
                        + (current.kind() == Kind.ATOM ? " '" + Excerpt.of(current.text()) + "'" : "") + " where "
                        + expected
                        + " is expected");
    }
}
