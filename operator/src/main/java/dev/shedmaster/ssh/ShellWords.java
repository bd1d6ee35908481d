package dev.shedmaster.ssh;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command as SSH sends it: one line that the other side's shell takes apart again into the words that it was made of.
 */
public final class ShellWords {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+-]+");

    private ShellWords() {}

    /**
     * Makes the line of a program and its arguments.
     *
     * @throws IllegalArgumentException for a word with a NUL, which no program can be given
     */
    public static String line(List<String> words) {
        return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
    }

    /** Between single quotes no character means anything but the quote itself. */
    private static String quoted(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a command's word holds a NUL");
        }
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
