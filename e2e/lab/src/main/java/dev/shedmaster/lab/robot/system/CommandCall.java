package dev.shedmaster.lab.robot.system;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * A command that came over SSH.
 *
 * @param line as it was sent
 * @param input what the client sends to it; ends when the client says so
 */
public record CommandCall(String line, InputStream input) {

    /** The first word. */
    public String program() {
        return line.strip().split("\\s+", 2)[0];
    }

    /** The program and its arguments, as its shell makes them of the line. */
    public List<String> words() {
        return ShellLine.words(line);
    }

    /** What a text of shell that was sent along calls itself: {@code sh -c TEXT NAME …}. */
    public Optional<String> script() {
        if (!line.startsWith("sh -c ")) {
            return Optional.empty();
        }
        List<String> words = words();
        return words.size() > 3 ? Optional.of(words.get(3)) : Optional.empty();
    }

    /** What follows the name of a script in its line. */
    public List<String> scriptArguments() {
        return words().stream().skip(4).toList();
    }
}
