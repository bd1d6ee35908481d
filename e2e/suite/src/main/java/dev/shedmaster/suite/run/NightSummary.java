package dev.shedmaster.suite.run;

import dev.shedmaster.lab.demand.DemandReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a night.
 *
 * @param jobs empty when it ended early
 * @param took in real time
 * @param speed how many seconds of the night passed in a real one
 * @param hosts the dedicated servers at its end
 * @param reported whether the job that no pool serves was reported with its label
 * @param operator what went wrong with the operator; empty for nothing
 */
record NightSummary(
        Optional<DemandReport> jobs,
        Duration took,
        double speed,
        Waits waits,
        Spent spent,
        Hosts hosts,
        Leftovers left,
        boolean reported,
        Optional<String> operator) {

    private static final int LOST_SHOWN = 10;

    /** Nothing came of it, because of this. */
    static NightSummary ofNoNight(double speed, String why) {
        return new NightSummary(
                Optional.empty(),
                Duration.ZERO,
                speed,
                Waits.of(List.of()),
                new Spent(0, 0, 0, 0),
                Hosts.NONE,
                new Leftovers(0, 0, 0, 0, 0, 0, 0),
                false,
                Optional.of(why));
    }

    /** Why the night was not a good one; empty when it was. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        operator.ifPresent(problems::add);
        jobs.filter(report -> !report.isComplete())
                .ifPresent(report ->
                        problems.add(report.lost().size() + " of " + report.asked() + " jobs did not succeed"));
        if (jobs.isEmpty()) {
            problems.add("the night did not come to its end");
        }
        problems.addAll(hosts.troubles());
        if (!left.isNothing()) {
            problems.add(left.inWords() + " left over");
        }
        if (!reported) {
            problems.add("the label that no pool serves was never reported");
        }
        return problems;
    }

    int exitStatus() {
        return problems().isEmpty() ? 0 : 1;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("The night");
        jobs.ifPresent(report -> {
            lines.add(line("jobs", report.finished() + " of " + report.asked() + " succeeded"));
            report.lost().stream().limit(LOST_SHOWN).forEach(lost -> lines.add(line("", lost)));
            if (report.lost().size() > LOST_SHOWN) {
                lines.add(line("", "and " + (report.lost().size() - LOST_SHOWN) + " more"));
            }
        });
        lines.add(line(
                "waits",
                "p50 " + seconds(waits.median()) + ", p95 " + seconds(waits.p95()) + ", longest "
                        + seconds(waits.longest()) + " of real time, over " + waits.jobs() + " jobs"));
        lines.add(line(
                "machines",
                spent.machines() + String.format(Locale.ROOT, ", for %.1f hours of the night in all", spent.hours())));
        if (!hosts.isEmpty()) {
            lines.add(line("hosts", hosts.inWords() + "; " + hosts.jobs() + " jobs ran on them"));
            hosts.firstReady().values().stream()
                    .max(Comparator.naturalOrder())
                    .ifPresent(longest ->
                            lines.add(line("", "installed from blank within " + seconds(longest) + " of real time")));
        }
        lines.add(line("cost", String.format(Locale.ROOT, "$%.2f", spent.dollars())));
        lines.add(line("no pool", reported ? "the job that waits on purpose was reported" : "not reported"));
        lines.add(line("left over", left.inWords()));
        lines.add(line("took", took.toSeconds() + " s at " + Words.number(speed) + " times real speed"));
        if (speed > 1) {
            lines.add(line("", "(a second that the operator takes is " + Words.number(speed) + " in hours and cost)"));
        }
        List<String> problems = problems();
        lines.add(
                problems.isEmpty()
                        ? "All is well: every job ran, nothing is left."
                        : "NOT WELL: " + String.join("; ", problems));
        return lines;
    }

    private static String line(String name, String text) {
        return String.format(Locale.ROOT, "  %-10s %s", name, text);
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
