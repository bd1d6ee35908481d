package dev.shedmaster.lab.jenkins.export;

import dev.shedmaster.lab.jenkins.export.Pruner.ByTree;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the {@code tree} parameter: {@code a,b[c,d[e]]{m,n}}. */
public final class TreeExpression {
    private static final String SEPARATORS = ",[]{}";

    private final String text;
    private int position;

    private TreeExpression(String text) {
        this.text = text;
    }

    /**
     * Reads the parameter.
     *
     * @throws IllegalArgumentException if it is malformed; the message says where
     */
    public static ByTree parse(String text) {
        TreeExpression reader = new TreeExpression(text);
        Map<String, ByTree> children = reader.names();
        if (reader.position < text.length()) {
            throw reader.malformed();
        }
        return new ByTree(children, 0, Integer.MAX_VALUE);
    }

    private Map<String, ByTree> names() {
        Map<String, ByTree> children = new LinkedHashMap<>();
        do {
            String name = word();
            Map<String, ByTree> below = Map.of();
            if (take('[')) {
                below = names();
                require(']');
            }
            int[] range = take('{') ? range() : new int[] {0, Integer.MAX_VALUE};
            children.put(name, new ByTree(below, range[0], range[1]));
        } while (take(','));
        return children;
    }

    /** {@code {m,n}}, {@code {m,}}, {@code {,n}}, or {@code {n}} for one element. */
    private int[] range() {
        int from = number(0);
        int to = from + 1;
        if (take(',')) {
            to = number(Integer.MAX_VALUE);
        }
        require('}');
        return new int[] {from, to};
    }

    private int number(int otherwise) {
        int start = position;
        while (position < text.length() && Character.isDigit(text.charAt(position))) {
            position++;
        }
        if (position == start) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text.substring(start, position));
        } catch (NumberFormatException tooLarge) {
            throw malformed();
        }
    }

    private String word() {
        int start = position;
        while (position < text.length() && SEPARATORS.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position).trim();
        if (word.isEmpty()) {
            throw malformed();
        }
        return word;
    }

    private boolean take(char c) {
        boolean there = position < text.length() && text.charAt(position) == c;
        position += there ? 1 : 0;
        return there;
    }

    private void require(char c) {
        if (!take(c)) {
            throw malformed();
        }
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("Malformed tree expression: " + text + " (at character " + position + ")");
    }
}
