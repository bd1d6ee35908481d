package dev.shedmaster.bench;

import dev.shedmaster.core.slot.Amount;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.HostView.Capacity;
import dev.shedmaster.core.slot.HostView.Standing;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.PlacedWorker;
import dev.shedmaster.core.slot.Shape;
import dev.shedmaster.core.slot.SlotLedger;
import dev.shedmaster.core.slot.SlotPlan;
import dev.shedmaster.core.slot.SlotRequest;
import dev.shedmaster.core.slot.Virtualization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
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
 * How long it takes to find slots for 5,000 workers of 40 pools on 200 hosts of two architectures, with what is on them
 * read first and room kept back on every tenth. The aim is 5 ms.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SlotLedgerBenchmark {
    private static final double MOST_MILLIS = 5;
    private static final int HOSTS = 200;
    private static final int POOLS = 40;
    private static final int REQUESTS = 5_000;
    private static final int GIB = 1024;

    /**
     * EMPTY: each host takes some 25 small workers, nearly all requests are served. HALF: half of each host is taken by
     * others. FULL: every host lacks something for every request.
     */
    public enum Load {
        EMPTY,
        HALF,
        FULL
    }

    @Param
    private Load load = Load.EMPTY;

    private final List<HostView> hosts = new ArrayList<>();
    private final List<PlacedWorker> workers = new ArrayList<>();
    private final List<SlotRequest> requests = new ArrayList<>();

    /** Builds the hosts and what is on them. */
    @Setup(Level.Trial)
    public void fleet() {
        Random random = new Random(4711);
        for (int h = 0; h < HOSTS; h++) {
            hosts.add(host(h));
            for (int w = 0; w < others(); w++) {
                workers.add(new PlacedWorker(
                        "ci/other-" + random.nextInt(POOLS), name(h), new Amount(3, 9L * GIB, 0), "release"));
            }
        }
        List<Need> needs = new ArrayList<>();
        for (int p = 0; p < POOLS; p++) {
            needs.add(need(p));
        }
        for (int r = 0; r < REQUESTS; r++) {
            requests.add(new SlotRequest("w" + r, needs.get(random.nextInt(POOLS))));
        }
    }

    private int others() {
        return switch (load) {
            case EMPTY -> 0;
            case HALF -> 12;
            case FULL -> 25;
        };
    }

    private static String name(int host) {
        return "ci/host-%03d".formatted(host);
    }

    private static HostView host(int h) {
        return new HostView(
                name(h),
                h % 4 == 0 ? Architecture.AMD64 : Architecture.ARM64,
                h % 4 == 0 ? Virtualization.NESTED : Virtualization.KVM,
                new Capacity(80, 4, Capacity.EACH_CPU_ONCE, 256L * GIB, 12L * GIB, OptionalInt.empty()),
                Set.of("release", "pulls"),
                h % 20 == 19 ? Standing.DRAINING : Standing.OPEN);
    }

    private static Need need(int pool) {
        Set<String> selected = new HashSet<>();
        for (int h = 0; h < HOSTS; h++) {
            if (h % 3 != pool % 4) {
                selected.add(name(h));
            }
        }
        return new Need(
                "ci/pool-" + pool,
                new Shape(
                        pool % 4 == 0 ? Architecture.AMD64 : Architecture.ARM64,
                        2 + pool % 3,
                        (6L + pool % 7) * GIB,
                        pool % 2 == 0,
                        Set.of(Isolation.VIRTUAL_MACHINE, Isolation.CONTAINER)),
                pool % 3 == 0 ? "pulls" : "release",
                selected);
    }

    /** One ledger of all hosts, and a slot for each worker that finds one. */
    @Benchmark
    public SlotPlan slots() {
        SlotLedger ledger = SlotLedger.of(hosts, workers);
        for (int h = 0; h < HOSTS; h += 10) {
            ledger = ledger.reserve(name(h), "ci/pool-" + h % POOLS, new Amount(16, 48L * GIB, 2));
        }
        return ledger.place(requests);
    }

    /** Runs this benchmark with the allocation profiler, and notes its figures. */
    static void measure(Figures figures) throws RunnerException {
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(SlotLedgerBenchmark.class.getSimpleName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run()) {
            String what = "slots for 5,000 workers on 200 hosts, "
                    + result.getParams().getParam("load").toLowerCase(Locale.ROOT);
            figures.atMost(what, result.getPrimaryResult().getScore(), "ms", MOST_MILLIS);
            double bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                    .getScore();
            figures.note(what + ", allocated", bytes / (1024 * 1024), "MB");
        }
    }
}
