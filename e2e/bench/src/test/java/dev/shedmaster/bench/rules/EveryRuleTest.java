package dev.shedmaster.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.bench.simulation.Conditions;
import dev.shedmaster.bench.simulation.Outcome;
import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.ScalingRule;
import dev.shedmaster.bench.simulation.Simulation;
import dev.shedmaster.bench.simulation.Task;
import dev.shedmaster.bench.simulation.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every rule: no job is lost or run twice, no hour is counted twice, nothing depends on the day. */
class EveryRuleTest {
    static Stream<ScalingRule> rules() {
        Duration hour = Duration.ofHours(1);
        return Stream.of(
                ShedmasterRule.reusing("ours", ShedmasterRule.BALANCED),
                ShedmasterRule.singleUse("ours, one job"),
                new JenkinsStandard("standard", hour),
                new JenkinsNoDelay("no delay", hour),
                new GarmPools("GARM", GarmPools.DEFAULT_BACK_OFF, 0),
                new ArcScaleSets("ARC"));
    }

    /** A day of fan-outs by chance. */
    private static Workload fanOuts(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Set<String>> needs = List.of(Set.of("light"), Set.of("heavy"));
        List<Task> tasks = new ArrayList<>();
        for (int build = 0; build < 25; build++) {
            Duration arrival = Duration.ofSeconds(random.nextInt(24 * 3600));
            int first = tasks.size();
            for (int i = 0; i < 8; i++) {
                Duration duration = Duration.ofSeconds(20 + random.nextInt(1200));
                tasks.add(
                        new Task(needs.get(random.nextInt(2)), duration, arrival, i == 0 ? List.of() : List.of(first)));
            }
        }
        return new Workload(
                List.of(new Pool("light", needs.getFirst(), 1), new Pool("heavy", needs.getLast(), 4)),
                tasks,
                Duration.ofDays(1));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyJobRunsOnceAndEveryHourIsAccountedFor(ScalingRule rule) {
        Workload workload = fanOuts(5);
        Outcome outcome = Simulation.run(workload, rule, Conditions.azure(5));
        assertThat(outcome.waits()).hasSameSizeAs(workload.tasks());
        assertThat(outcome.stuck()).isZero();
        assertThat(outcome.busy()).isEqualTo(workload.work());
        assertThat(outcome.paid()).isGreaterThan(outcome.busy().plus(outcome.idle()));
        assertThat(outcome.waits()).allMatch(wait -> !wait.isNegative());
        assertThat(outcome.waitsBeyondBoot()).allMatch(wait -> !wait.isNegative());
        if (rule.singleUse()) {
            assertThat(outcome.machines() - outcome.unused())
                    .isEqualTo(workload.tasks().size());
        } else {
            assertThat(outcome.machines() - outcome.unused())
                    .isLessThan(workload.tasks().size());
        }
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theSameRunComesToTheSame(ScalingRule rule) {
        Outcome once = Simulation.run(fanOuts(6), rule, Conditions.azure(6));
        assertThat(Simulation.run(fanOuts(6), rule, Conditions.azure(6))).isEqualTo(once);
        assertThat(Simulation.run(fanOuts(6), rule, Conditions.azure(7))).isNotEqualTo(once);
    }
}
