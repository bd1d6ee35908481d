package dev.shedmaster.bench;

import dev.shedmaster.lab.azure.estate.Timings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the benchmarks and prints what was measured beside what is to be reached; {@code bench-results.json} holds the
 * same. Arguments name what to run: {@code rules}, {@code plan}, {@code slots}, {@code hosts}, {@code machine} (the
 * installation of an emulated one), {@code fleet}, {@code burst}, {@code large} (that burst, and one ten times as large), {@code limits} (a burst with the limits of requests as
 * installed); none runs all of them.
 */
public final class BenchMain {
    private static final Path OPERATOR = Path.of("operator/target/dist/bin/shedmaster");
    private static final String LARGE = "large";
    private static final List<String> ALL =
            List.of("rules", "plan", "slots", "hosts", "machine", "fleet", "burst", LARGE, "limits");

    private BenchMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> wanted = arguments.length == 0 ? ALL : List.of(arguments);
        for (String one : wanted) {
            if (!ALL.contains(one)) {
                System.err.println("bench: there is no benchmark \"" + one + "\"; there are " + String.join(", ", ALL));
                System.exit(2);
            }
        }
        Figures figures = new Figures();
        int status = 0;
        try {
            measure(wanted, figures);
        } catch (IOException | RunnerException | RuntimeException e) {
            e.printStackTrace();
            status = 1;
        }
        figures.print(System.out);
        figures.write(Path.of("bench-results.json"));
        System.exit(status); // a control plane or a lab that was not closed would keep the program alive
    }

    private static void measure(List<String> wanted, Figures figures)
            throws InterruptedException, IOException, RunnerException {
        if (wanted.contains("rules")) {
            new RulesBench(figures).measure();
        }
        if (wanted.contains("plan")) {
            FleetPlannerBenchmark.measure(figures);
        }
        if (wanted.contains("slots")) {
            SlotLedgerBenchmark.measure(figures);
        }
        if (wanted.contains("hosts")) {
            try (HostsBench hosts = new HostsBench(figures, OPERATOR)) {
                hosts.measure();
            }
        }
        if (wanted.contains("machine")) {
            try (HostsBench hosts = new HostsBench(figures, OPERATOR)) {
                hosts.measureMachine();
            }
        }
        FleetBench fleet = new FleetBench(figures, OPERATOR);
        if (wanted.contains("fleet")) {
            fleet.calm(100);
        }
        if (wanted.contains("burst") || wanted.contains(LARGE)) {
            double few = fleet.burst(1000, FleetBench.briskly(), Duration.ofMinutes(1), 8, 3);
            if (wanted.contains(LARGE)) {
                double many = fleet.burst(10_000, Timings.realistic(), Duration.ofSeconds(90), 12_000 * few, 80);
                figures.atMost("time per worker at 10,000 jobs / at 1,000", many / few, "×", 1.2);
            }
        }
        if (wanted.contains("limits")) {
            fleet.limited(450);
        }
    }
}
