package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the lab understands of a scripted Pipeline: {@code node('LABEL') {…}}, {@code stage('NAME') {…}}, {@code parallel
 * a: {…}, b: {…}} with or without parentheses, {@code sh '…'}, {@code sleep N}, {@code error '…'} and {@code echo '…'}.
 */
public final class PipelineScript {
    private static final Pattern BLANK = Pattern.compile("(?:\\s|//[^\\n]*|;)+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
    private static final Pattern STRING =
            Pattern.compile("'''(.*?)'''|\"\"\"(.*?)\"\"\"|'([^']*)'|\"([^\"]*)\"", Pattern.DOTALL);

    private final String script;
    private int position;

    private PipelineScript(String script) {
        this.script = script;
    }

    /**
     * Reads a script.
     *
     * @throws IllegalArgumentException with what is not understood, and where
     */
    public static Step read(String script) {
        PipelineScript reader = new PipelineScript(script);
        Step body = reader.steps(false);
        reader.skipBlanks();
        if (reader.position < script.length()) {
            throw reader.notUnderstood();
        }
        return body;
    }

    private Step steps(boolean inNode) {
        List<Step> steps = new ArrayList<>();
        for (String name = next(NAME); name != null; name = next(NAME)) {
            steps.add(step(name, inNode));
        }
        return new Step.Sequence(steps);
    }

    private Step step(String name, boolean inNode) {
        return switch (name) {
            case "node" -> node(inNode);
            case "stage" -> {
                argument();
                yield block(inNode);
            }
            case "parallel" -> parallel(inNode);
            case "sh" -> ShellScript.read(argument());
            case "error" -> {
                argument();
                yield new Step.Fail();
            }
            case "echo" -> {
                argument();
                yield new Step.Sequence(List.of());
            }
            case "sleep" -> Step.lasting(Duration.ofMillis(Math.round(number() * 1000)));
            default -> throw new IllegalArgumentException("unknown step '" + name + "' before character " + position);
        };
    }

    private Step node(boolean inNode) {
        if (inNode) {
            throw new IllegalArgumentException("a node step in a node step, before character " + position);
        }
        boolean bare = peek('{');
        String label = bare ? "" : argument();
        return new Step.InNode(label.isEmpty() ? null : label, block(true));
    }

    private Step parallel(boolean inNode) {
        boolean parenthesised = take('(');
        List<Step.Branch> branches = new ArrayList<>();
        do {
            String name = next(STRING);
            String branch = name == null ? next(NAME) : unquoted(name);
            if (branch == null || !take(':')) {
                throw notUnderstood();
            }
            branches.add(new Step.Branch(branch, block(inNode)));
        } while (take(','));
        if (parenthesised) {
            require(')');
        }
        return new Step.Parallel(branches);
    }

    private Step block(boolean inNode) {
        require('{');
        Step body = steps(inNode);
        require('}');
        return body;
    }

    private String argument() {
        boolean parenthesised = take('(');
        String argument = next(STRING);
        if (argument == null && !parenthesised) {
            throw notUnderstood();
        }
        if (parenthesised) {
            require(')');
        }
        return argument == null ? "" : unquoted(argument);
    }

    private double number() {
        boolean parenthesised = take('(');
        String number = next(NUMBER);
        if (number == null) {
            throw notUnderstood();
        }
        if (parenthesised) {
            require(')');
        }
        return Double.parseDouble(number);
    }

    private static String unquoted(String literal) {
        int quotes = literal.length() >= 6 && (literal.startsWith("'''") || literal.startsWith("\"\"\"")) ? 3 : 1;
        return literal.substring(quotes, literal.length() - quotes);
    }

    private @Nullable String next(Pattern pattern) {
        skipBlanks();
        Matcher matcher = pattern.matcher(script).region(position, script.length());
        if (!matcher.lookingAt()) {
            return null;
        }
        position = matcher.end();
        return matcher.group();
    }

    private boolean peek(char c) {
        skipBlanks();
        return position < script.length() && script.charAt(position) == c;
    }

    private boolean take(char c) {
        boolean there = peek(c);
        position += there ? 1 : 0;
        return there;
    }

    private void require(char c) {
        if (!take(c)) {
            throw notUnderstood();
        }
    }

    private void skipBlanks() {
        Matcher blanks = BLANK.matcher(script).region(position, script.length());
        if (blanks.lookingAt()) {
            position = blanks.end();
        }
    }

    private IllegalArgumentException notUnderstood() {
        return new IllegalArgumentException("not understood at character " + position);
    }
}
