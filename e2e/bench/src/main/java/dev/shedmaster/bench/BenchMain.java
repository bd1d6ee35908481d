package dev.shedmaster.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs the benchmarks and prints what was measured beside what is to be reached; {@code bench-results.json} holds the
 * same. Arguments name what to run: {@code plan}, {@code fleet}, {@code large}; none runs plan and fleet.
 */
public final class BenchMain {
    private static final Path OPERATOR = Path.of("operator/target/dist/bin/shedmaster");
    private static final Set<String> KNOWN = Set.of("plan", "fleet", "large");

    private BenchMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> wanted = arguments.length == 0 ? List.of("plan", "fleet") : List.of(arguments);
        for (String one : wanted) {
            if (!KNOWN.contains(one)) {
                System.err.println("bench: there is no benchmark \"" + one + "\"; there are plan, fleet and large");
                System.exit(2);
            }
        }
        Figures figures = new Figures();
        int status = 0;
        try {
            measure(wanted, figures);
        } catch (RunnerException | RuntimeException e) {
            e.printStackTrace();
            status = 1;
        }
        figures.print(System.out);
        figures.write(Path.of("bench-results.json"));
        System.exit(status); // a control plane or a lab that was not closed would keep the program alive
    }

    private static void measure(List<String> wanted, Figures figures) throws InterruptedException, RunnerException {
        if (wanted.contains("plan")) {
            FleetPlannerBenchmark.measure(figures);
        }
        if (wanted.contains("fleet") || wanted.contains("large")) {
            try (FleetBench fleet = new FleetBench(figures, OPERATOR)) {
                fleet.rest(Duration.ofSeconds(60));
                fleet.latency(30);
                fleet.burst(1000, 8, 3);
                if (wanted.contains("large")) {
                    fleet.burst(10_000, 80, 40);
                }
            }
        }
    }
}
