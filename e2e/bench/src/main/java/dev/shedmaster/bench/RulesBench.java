package dev.shedmaster.bench;

import dev.shedmaster.bench.RealDemand.Labels;
import dev.shedmaster.bench.rules.ArcScaleSets;
import dev.shedmaster.bench.rules.GarmPools;
import dev.shedmaster.bench.rules.JenkinsNoDelay;
import dev.shedmaster.bench.rules.JenkinsStandard;
import dev.shedmaster.bench.rules.ShedmasterRule;
import dev.shedmaster.bench.simulation.Conditions;
import dev.shedmaster.bench.simulation.Outcome;
import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.ScalingRule;
import dev.shedmaster.bench.simulation.Simulation;
import dev.shedmaster.bench.simulation.Task;
import dev.shedmaster.bench.simulation.Workload;
import dev.shedmaster.machine.azure.RequestBucket;
import dev.shedmaster.machine.azure.RequestRates;
import dev.shedmaster.machine.azure.RequestRates.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The rules of peers beside ours, simulated over the same jobs and machines. Where machines are used again, Jenkins' rules are
 * beside ours; where each is for one job, GARM's and ARC's are.
 */
final class RulesBench {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int RUNS_OF_BURST = 3;

    private final Figures figures;

    RulesBench(Figures figures) {
        this.figures = figures;
    }

    void measure() {
        ShedmasterRule reused = ShedmasterRule.reusing("Shedmaster, idle 3 min (Balanced)", ShedmasterRule.BALANCED);
        ShedmasterRule once = ShedmasterRule.singleUse("Shedmaster, maxJobs 1");

        String year = "A year of real builds, each job for one pool, ";
        LongFunction<Workload> oneEach = yearOf(Labels.ONE_EACH);
        compare(year + "machines used again", oneEach, 1, List.of(reused, eager(reused), patient()), jenkins(true));
        compare(year + "one job a machine", oneEach, 1, List.of(once, eager(once)), scaleSetsAnd(garm(true)));

        String written = "A year of real builds, labels as written, ";
        LongFunction<Workload> asWritten = yearOf(Labels.AS_WRITTEN);
        compare(written + "machines used again", asWritten, 1, List.of(reused), jenkins(false));
        compare(written + "one job a machine", asWritten, 1, List.of(once), garm(false));

        String burst = "A burst of 1,000 jobs, ";
        LongFunction<Workload> bursts = RulesBench::burst;
        compare(
                burst + "machines used again",
                bursts,
                RUNS_OF_BURST,
                List.of(reused, eager(reused), bold(reused), both(reused)),
                jenkins(false));
        compare(
                burst + "one job a machine",
                bursts,
                RUNS_OF_BURST,
                List.of(once, eager(once), bold(once), both(once)),
                scaleSetsAnd(garm(false)));
    }

    private static LongFunction<Workload> yearOf(Labels labels) {
        return seed -> RealDemand.between(RealDemand.FROM, RealDemand.UNTIL, labels, seed);
    }

    /** Ours, reading the queue as often at rest as under load. */
    private static ShedmasterRule eager(ShedmasterRule ours) {
        return ours.named("Shedmaster, poll.maxInterval 1 s").withLongestPoll(SECOND);
    }

    /** Ours, asking for machines as fast as the subscription allows anybody. */
    private static ShedmasterRule bold(ShedmasterRule ours) {
        return ours.named("Shedmaster, limits.requests as Azure's").withCreates(azures());
    }

    private static ScalingRule both(ShedmasterRule ours) {
        return bold(eager(ours)).named("Shedmaster, both of these");
    }

    /** Ours with what the plugin for Azure has as its default, 20 times our own. */
    private static ScalingRule patient() {
        return ShedmasterRule.reusing("Shedmaster, idle 60 min", HOUR);
    }

    private static List<ScalingRule> jenkins(boolean withLongIdle) {
        List<ScalingRule> rules = new ArrayList<>();
        rules.add(new JenkinsStandard("Jenkins' own strategy, idle 3 min", ShedmasterRule.BALANCED));
        rules.add(new JenkinsNoDelay("Jenkins' NoDelay, idle 3 min", ShedmasterRule.BALANCED));
        if (withLongIdle) {
            rules.add(new JenkinsStandard("Jenkins' own strategy, idle 60 min", HOUR));
            rules.add(new JenkinsNoDelay("Jenkins' NoDelay, idle 60 min", HOUR));
        }
        return rules;
    }

    private static List<ScalingRule> garm(boolean withLostHooks) {
        List<ScalingRule> rules = new ArrayList<>();
        rules.add(new GarmPools("GARM, back-off 30 s", GarmPools.DEFAULT_BACK_OFF, 0));
        rules.add(new GarmPools("GARM, back-off 5 s", Duration.ofSeconds(5), 0));
        if (withLostHooks) {
            rules.add(new GarmPools("GARM, 1 % of hooks lost", GarmPools.DEFAULT_BACK_OFF, 0.01));
        }
        return rules;
    }

    /** ARC knows one pool a job, so it is only where that is so. */
    private static List<ScalingRule> scaleSetsAnd(List<ScalingRule> others) {
        List<ScalingRule> rules = new ArrayList<>(others);
        rules.add(new ArcScaleSets("ARC scale sets"));
        return rules;
    }

    private static Rate azures() {
        return Objects.requireNonNull(RequestRates.PUBLISHED.rates().get(RequestBucket.ARM_WRITES));
    }

    /** Asked for at one instant of a minute, for nobody's clock is in step with it. */
    private static Workload burst(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Duration arrival = Duration.ofMillis(random.nextLong(60_000));
        List<Task> tasks = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            double minutes = 10 * Math.exp(0.5 * random.nextGaussian());
            tasks.add(new Task(Set.of("linux"), Duration.ofMillis(Math.round(minutes * 60_000)), arrival, List.of()));
        }
        return new Workload(List.of(new Pool("linux", Set.of("linux"), 0.544)), tasks, Duration.ofMinutes(1));
    }

    private void compare(
            String title,
            LongFunction<Workload> workloads,
            int runs,
            List<ScalingRule> ours,
            List<ScalingRule> theirs) {
        System.out.println("simulating: " + title);
        List<ScalingRule> rules = Stream.concat(ours.stream(), theirs.stream()).toList();
        List<Outcome> outcomes = rules.parallelStream()
                .map(rule -> Outcome.together(LongStream.rangeClosed(1, runs)
                        .mapToObj(seed -> Simulation.run(workloads.apply(seed), rule, Conditions.azure(seed)))
                        .toList()))
                .toList();
        LinkedHashMap<String, Outcome> byRule = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            byRule.put(rules.get(i).name(), outcomes.get(i));
        }
        figures.compare(runs > 1 ? Comparison.ofBurst(title, byRule) : Comparison.of(title, byRule));
    }
}
