package dev.shedmaster.lab.robot.system;

import java.util.ArrayList;
import java.util.List;

/** A line of shell as far as words and quotes go: nothing is expanded, and operators are words like others. */
public final class ShellLine {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean isInWord;
    private int at;

    private ShellLine(String line) {
        this.line = line;
    }

    /** The words, without the quotes around them. A quote that is not closed ends with the line. */
    public static List<String> words(String line) {
        return new ShellLine(line).split();
    }

    private List<String> split() {
        while (at < line.length()) {
            char next = line.charAt(at++);
            switch (next) {
                case ' ', '\t', '\n' -> endWord();
                case '\'' -> quoted();
                case '"' -> doublyQuoted();
                case '\\' -> escaped();
                default -> add(next);
            }
        }
        endWord();
        return List.copyOf(words);
    }

    private void quoted() {
        isInWord = true;
        while (at < line.length() && line.charAt(at) != '\'') {
            word.append(line.charAt(at++));
        }
        at++;
    }

    private void doublyQuoted() {
        isInWord = true;
        while (at < line.length() && line.charAt(at) != '"') {
            char next = line.charAt(at++);
            boolean isEscape = next == '\\' && at < line.length() && "\"\\$`".indexOf(line.charAt(at)) >= 0;
            word.append(isEscape ? line.charAt(at++) : next);
        }
        at++;
    }

    private void escaped() {
        if (at < line.length()) {
            add(line.charAt(at++));
        }
    }

    private void add(char letter) {
        isInWord = true;
        word.append(letter);
    }

    private void endWord() {
        if (isInWord) {
            words.add(word.toString());
            word.setLength(0);
            isInWord = false;
        }
    }
}
