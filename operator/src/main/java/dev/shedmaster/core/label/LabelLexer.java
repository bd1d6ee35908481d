package dev.shedmaster.core.label;

import org.jspecify.annotations.Nullable;

/** Splits a label expression into tokens. Blanks and tabs separate; a newline is part of a label, as in Jenkins. */
final class LabelLexer {

    /** What a token is; {@code END} comes once, after the last. */
    enum Kind {
        ATOM("a label"),
        NOT("'!'"),
        OPEN("'('"),
        CLOSE("')'"),
        AND("'&&'"),
        OR("'||'"),
        IMPLIES("'->'"),
        IFF("'<->'"),
        END("the end of the expression");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        String description() {
            return description;
        }
    }

    /** A token; {@code text} is the label of an ATOM, without quotes, and empty for all others. */
    record Token(Kind kind, int position, String text) {}

    private final String text;
    private int next;

    LabelLexer(String text) {
        this.text = text;
    }

    static boolean isPlainAtom(String label) {
        if (label.isEmpty()) {
            return false;
        }
        for (int i = 0; i < label.length(); i++) {
            if (!isAtomAt(label, i)) {
                return false;
            }
        }
        // A label that ends in '-' would swallow the '-' of a following "->".
        return !label.endsWith("-");
    }

    static String quote(String label) {
        StringBuilder quoted = new StringBuilder(label.length() + 2).append('"');
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            switch (c) {
                case '\b' -> quoted.append("\\b");
                case '\t' -> quoted.append("\\t");
                case '\n' -> quoted.append("\\n");
                case '\f' -> quoted.append("\\f");
                case '\r' -> quoted.append("\\r");
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    Token next() throws LabelSyntaxException {
        while (next < text.length() && (text.charAt(next) == ' ' || text.charAt(next) == '\t')) {
            next++;
        }
        if (next == text.length()) {
            return new Token(Kind.END, next, "");
        }
        int start = next;
        Kind symbol = symbolAt(start);
        if (symbol != null) {
            return new Token(symbol, start, "");
        }
        if (text.charAt(start) == '"') {
            return quoted(start);
        }
        while (next < text.length() && isAtomAt(text, next)) {
            next++;
        }
        if (next == start) {
            throw new LabelSyntaxException(start, "'" + text.charAt(start) + "' is not expected here");
        }
        return new Token(Kind.ATOM, start, text.substring(start, next));
    }

    private @Nullable Kind symbolAt(int start) {
        Kind kind = switch (text.charAt(start)) {
            case '!' -> Kind.NOT;
            case '(' -> Kind.OPEN;
            case ')' -> Kind.CLOSE;
            case '&' -> text.startsWith("&&", start) ? Kind.AND : null;
            case '|' -> text.startsWith("||", start) ? Kind.OR : null;
            case '-' -> text.startsWith("->", start) ? Kind.IMPLIES : null;
            case '<' -> text.startsWith("<->", start) ? Kind.IFF : null;
            default -> null;
        };
        if (kind != null) {
            next = start
                    + switch (kind) {
                        case IFF -> 3;
                        case AND, OR, IMPLIES -> 2;
                        default -> 1;
                    };
        }
        return kind;
    }

    private Token quoted(int start) throws LabelSyntaxException {
        StringBuilder label = new StringBuilder();
        next = start + 1;
        while (next < text.length()) {
            char c = text.charAt(next++);
            if (c == '"') {
                return new Token(Kind.ATOM, start, label.toString());
            }
            if (c == '\n' || c == '\r') {
                throw new LabelSyntaxException(next - 1, "a quoted label cannot hold a line break; write \\n or \\r");
            }
            label.append(c == '\\' ? escaped(start) : c);
        }
        throw new LabelSyntaxException(start, "the quote that opens here is never closed");
    }

    private char escaped(int start) throws LabelSyntaxException {
        if (next == text.length()) {
            throw new LabelSyntaxException(start, "the quote that opens here is never closed");
        }
        char c = text.charAt(next++);
        return switch (c) {
            case 'b' -> '\b';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            case '"', '\'', '\\' -> c;
            default -> throw new LabelSyntaxException(next - 2, "'\\" + c + "' is not an escape");
        };
    }

    private static boolean isAtomAt(String text, int index) {
        return switch (text.charAt(index)) {
            case '&', '|', '!', '<', '>', '(', ')', ' ', '\t', '"', '\'' -> false;
            case '-' -> index + 1 >= text.length() || text.charAt(index + 1) != '>';
            default -> true;
        };
    }
}
