package dev.shedmaster.bench;

import dev.shedmaster.core.planning.FleetPlan;
import dev.shedmaster.core.planning.FleetPlanner;
import dev.shedmaster.core.planning.FleetView;
import dev.shedmaster.core.planning.Policy;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How long one plan takes and how much it allocates. The aim is 50 ms and 10 MB for 10,000 jobs, 5,000 workers and 100
 * pools. Prints the average time and {@code gc.alloc.rate.norm}, the bytes allocated by one plan.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FleetPlannerBenchmark {
    private static final double MOST_MILLIS = 50;
    private static final double MOST_MEGABYTES = 10;

    /**
     * BURST: all workers are busy and thousands of machines have to be made, up to the accounts' limits. MIXED: a third of
     * the workers is idle, some of them where nobody needs them. QUIET: nothing waits.
     */
    public enum Hour {
        BURST,
        MIXED,
        QUIET
    }

    @Param
    private Hour hour = Hour.BURST;

    private FleetView view = new LargeFleet().view(0, 0, 0);

    /** Builds the fleet. */
    @Setup(Level.Trial)
    public void fleet() {
        view = switch (hour) {
            case BURST -> new LargeFleet().view(10_000, 5_000, 0);
            case MIXED -> new LargeFleet().view(10_000, 5_000, 0.33);
            case QUIET -> new LargeFleet().view(0, 5_000, 0.33);
        };
    }

    /** One plan of the whole fleet. */
    @Benchmark
    public FleetPlan plan() {
        return FleetPlanner.plan(view, Policy.DEFAULT, LargeFleet.NOW);
    }

    /** Runs this benchmark with the allocation profiler, and notes the hardest hour's figures. */
    static void measure(Figures figures) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(FleetPlannerBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        for (RunResult result : results) {
            String what = "plan of 10,000 jobs × 5,000 workers × 100 pools, "
                    + result.getParams().getParam("hour").toLowerCase(Locale.ROOT);
            figures.atMost(what, result.getPrimaryResult().getScore(), "ms", MOST_MILLIS);
            double bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                    .getScore();
            figures.atMost(what + ", allocated", bytes / (1024 * 1024), "MB", MOST_MEGABYTES);
        }
    }
}
