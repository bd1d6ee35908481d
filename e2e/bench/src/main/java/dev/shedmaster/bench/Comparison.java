package dev.shedmaster.bench;

import dev.shedmaster.bench.simulation.Outcome;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What came of several rules over the same workload: the first, ours, in figures, the others as multiples of it.
 *
 * @param title the workload
 */
record Comparison(String title, List<Row> rows) {
    private static final double HOUR = Duration.ofHours(1).toMillis();

    private static final Column LAST_START = new Column(
            "lastStartSeconds", "last s", outcome -> outcome.lastStart().toMillis() / 1000.0);

    /** Hours, cost and stuck jobs are those of one run. */
    private static final List<Column> COLUMNS = List.of(
            new Column("waitMeanSeconds", "wait s", Outcome::meanWait),
            new Column("wait95Seconds", "95 %", outcome -> outcome.waitQuantile(0.95)),
            new Column("wait99Seconds", "99 %", outcome -> outcome.waitQuantile(0.99)),
            new Column("waitLongestSeconds", "longest", outcome -> outcome.waitQuantile(1)),
            new Column("beyondBootMeanSeconds", "beyond s", Outcome::meanWaitBeyondBoot),
            new Column("beyondBoot95Seconds", "95 %", outcome -> outcome.waitBeyondBootQuantile(0.95)),
            new Column("beyondBoot99Seconds", "99 %", outcome -> outcome.waitBeyondBootQuantile(0.99)),
            new Column("machineHours", "hours", outcome -> outcome.paid().toMillis() / HOUR / outcome.runs()),
            new Column("idleHours", "idle h", outcome -> outcome.idle().toMillis() / HOUR / outcome.runs()),
            new Column("cost", "cost", outcome -> outcome.cost() / outcome.runs()),
            new Column("machinesPerJob", "per job", Outcome::machinesPerJob),
            new Column("stuckJobs", "stuck", outcome -> outcome.stuck() / (double) outcome.runs()));

    private static final Map<String, String> HEADINGS = Stream.concat(Stream.of(LAST_START), COLUMNS.stream())
            .collect(Collectors.toMap(Column::key, Column::heading));

    private record Column(String key, String heading, ToDoubleFunction<Outcome> figure) {}

    /**
     * One rule.
     *
     * @param figures by key
     * @param ofOurs the same as multiples of the first row's; those are missing that are 0 there
     */
    record Row(String rule, Map<String, Double> figures, Map<String, Double> ofOurs) {}

    /** @param outcomes by rule; ours first */
    static Comparison of(String title, LinkedHashMap<String, Outcome> outcomes) {
        return of(title, outcomes, COLUMNS);
    }

    /** The same where all jobs come at once, so that it matters when the last of them started. */
    static Comparison ofBurst(String title, LinkedHashMap<String, Outcome> outcomes) {
        List<Column> columns = new ArrayList<>(COLUMNS);
        columns.addFirst(LAST_START);
        return of(title, outcomes, columns);
    }

    private static Comparison of(String title, LinkedHashMap<String, Outcome> outcomes, List<Column> columns) {
        Outcome ours = outcomes.firstEntry().getValue();
        List<Row> rows = new ArrayList<>();
        outcomes.forEach((rule, outcome) -> {
            Map<String, Double> figures = new LinkedHashMap<>();
            Map<String, Double> ofOurs = new LinkedHashMap<>();
            for (Column column : columns) {
                double figure = column.figure.applyAsDouble(outcome);
                double base = column.figure.applyAsDouble(ours);
                figures.put(column.key, figure);
                if (base != 0) {
                    ofOurs.put(column.key, figure / base);
                }
            }
            rows.add(new Row(rule, figures, ofOurs));
        });
        return new Comparison(title, rows);
    }

    void print(PrintStream out) {
        List<String> keys = List.copyOf(rows.getFirst().figures.keySet());
        out.println();
        out.println(title);
        out.printf(Locale.ROOT, "%-40s", "");
        keys.forEach(key -> out.printf(Locale.ROOT, "%10s", HEADINGS.get(key)));
        out.println();
        for (Row row : rows) {
            out.printf(Locale.ROOT, "%-40s", row.rule);
            keys.forEach(key -> out.printf(Locale.ROOT, "%10s", cell(row, key)));
            out.println();
        }
    }

    private String cell(Row row, String key) {
        Double multiple = row.ofOurs.get(key);
        return row.equals(rows.getFirst()) || multiple == null
                ? String.format(Locale.ROOT, "%.2f", row.figures.get(key))
                : String.format(Locale.ROOT, "%.2f×", multiple);
    }
}
