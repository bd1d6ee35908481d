package dev.shedmaster.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, beside what is to be reached: a table for people, JSON for programs. */
final class Figures {
    private record Figure(String name, double value, String unit, String goal, boolean reached) {}

    private final List<Figure> figures = new ArrayList<>();
    private final List<Comparison> comparisons = new ArrayList<>();

    /** A figure that must not be above a limit. */
    void atMost(String name, double value, String unit, double limit) {
        add(new Figure(name, value, unit, "≤ " + number(limit), value <= limit));
    }

    /** A figure that others are compared with. */
    void note(String name, double value, String unit) {
        add(new Figure(name, value, unit, "", true));
    }

    /** A run takes long: what it has measured is said at once, and all of it at its end. */
    private void add(Figure figure) {
        figures.add(figure);
        System.out.println(figure.name + ": " + number(figure.value) + " " + figure.unit);
    }

    /** What others do with the same. */
    void compare(Comparison comparison) {
        comparisons.add(comparison);
    }

    void print(PrintStream out) {
        if (!figures.isEmpty()) {
            printFigures(out);
        }
        comparisons.forEach(comparison -> comparison.print(out));
    }

    private void printFigures(PrintStream out) {
        out.printf("%-62s %12s  %-10s %10s%n", "figure", "measured", "unit", "goal");
        for (Figure figure : figures) {
            out.printf(
                    "%-62s %12s  %-10s %10s %s%n",
                    figure.name,
                    number(figure.value),
                    figure.unit,
                    figure.goal,
                    figure.goal.isEmpty() ? "" : figure.reached ? "reached" : "MISSED");
        }
    }

    void write(Path file) throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("processors", Runtime.getRuntime().availableProcessors());
        document.put("java", Runtime.version().toString());
        document.put("figures", figures);
        document.put("comparisons", comparisons);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), document);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
