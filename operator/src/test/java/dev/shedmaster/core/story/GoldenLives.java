package dev.shedmaster.core.story;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The lives in a folder, told by a rule and compared line by line.
 *
 * <p>After a wanted change, {@code -Dshedmaster.scenarios=rewrite} writes anew what the rule tells; read the difference before it is
 * committed. Without the property nothing is ever written.
 */
public record GoldenLives(Path folder) {
    private static final boolean REWRITE = "rewrite".equals(System.getProperty("shedmaster.scenarios"));

    /** All of them, in the order of their names. */
    public List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".scenario"))
                    .sorted()
                    .toList();
        }
    }

    /** All of them as one text. */
    public String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path scenario : all()) {
            text.append(String.join("\n", Files.readAllLines(scenario))).append('\n');
        }
        return text.toString();
    }

    /** Has a life told and fails at the first line that differs from what is written. */
    public static void compare(Path scenario, UnaryOperator<List<String>> telling) throws IOException {
        List<String> written = Files.readAllLines(scenario);
        List<String> told = telling.apply(written);
        if (REWRITE && !told.equals(written)) {
            Files.write(scenario, told);
            return;
        }
        firstDifference(written, told).ifPresent(line -> fail(comparison(scenario, written, told, line)));
    }

    /**
     * Goes through a script: its unindented lines say what happens; the indented ones are what followed, and are told anew.
     *
     * @param text takes the lines that happen
     * @param reading of one of them, which adds what follows to the same text
     */
    public static void tell(List<String> script, List<String> text, Consumer<String> reading) {
        for (String line : script) {
            if (!line.startsWith(" ")) {
                text.add(line);
                try {
                    reading.accept(line);
                } catch (RuntimeException e) {
                    throw new IllegalArgumentException("cannot tell what follows from: " + line, e);
                }
            }
        }
    }

    private static OptionalInt firstDifference(List<String> written, List<String> told) {
        return IntStream.range(0, Math.max(written.size(), told.size()))
                .filter(line -> !at(written, line).equals(at(told, line)))
                .findFirst();
    }

    private static String comparison(Path scenario, List<String> written, List<String> told, int line) {
        StringBuilder text = new StringBuilder(
                "%s differs from line %d on (- as written, + as told)%n".formatted(scenario.getFileName(), line + 1));
        written.subList(Math.max(0, Math.min(line, written.size()) - 4), Math.min(line, written.size()))
                .forEach(same -> text.append("  ").append(same).append('\n'));
        for (int i = line; i < line + 6; i++) {
            text.append("- ").append(at(written, i)).append('\n');
        }
        for (int i = line; i < line + 6; i++) {
            text.append("+ ").append(at(told, i)).append('\n');
        }
        return text.append("If this is wanted: -Dshedmaster.scenarios=rewrite").toString();
    }

    private static String at(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "";
    }
}
