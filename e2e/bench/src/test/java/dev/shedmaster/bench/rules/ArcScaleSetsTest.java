package dev.shedmaster.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Trial;
import dev.shedmaster.bench.simulation.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ArcScaleSetsTest {
    private static final ArcScaleSets RULE = new ArcScaleSets("ARC");
    private static final Duration BOOT = Duration.ofSeconds(60);

    @Test
    void aJobGetsARunnerAfterOneMessage() {
        Watched one = Watched.run(Trial.of(Trial.task(60, 0)), RULE, Trial.boot(BOOT));
        assertThat(one.launches()).containsExactly(1.0);
        assertThat(one.outcome().paid()).hasSeconds(120);
    }

    /** Ten at once, then twenty in three seconds: the last after 1 s + 990 × 0.15 s. */
    @Test
    void aBurstGoesAsFastAsTheClientMay() {
        Watched burst = Watched.run(Trial.burst(1000, 600, 0), RULE, Trial.boot(BOOT));
        assertThat(burst.launchedBy(1)).isEqualTo(10);
        assertThat(burst.launches().getLast()).isCloseTo(149.5, within(0.1));
        assertThat(burst.outcome().machines()).isEqualTo(1000);
    }

    @Test
    void runnersThatRunAreNotCountedForOthers() {
        Watched two = Watched.run(Trial.of(Trial.task(600, 0), Trial.task(60, 300)), RULE, Trial.boot(BOOT));
        assertThat(two.launches()).containsExactly(1.0, 301.0);
        assertThat(two.outcome().unused()).isZero();
    }

    @Test
    void aJobNamesOneScaleSet() {
        Workload workload = new Workload(
                List.of(new Pool("plain", Set.of("amd64"), 1), new Pool("kvm", Set.of("amd64", "kvm"), 2)),
                List.of(Trial.task(Set.of("amd64"), 5, 0)),
                Duration.ofHours(1));
        assertThatThrownBy(() -> Watched.run(workload, RULE, Trial.boot(BOOT))).hasMessageContaining("must name one");
    }
}
