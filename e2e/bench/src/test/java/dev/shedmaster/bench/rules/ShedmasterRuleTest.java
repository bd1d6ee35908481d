package dev.shedmaster.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Trial;
import dev.shedmaster.bench.simulation.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShedmasterRuleTest {
    private static final ShedmasterRule RULE = ShedmasterRule.reusing("ours", ShedmasterRule.BALANCED);
    private static final Duration BOOT = Duration.ofSeconds(60);

    @Test
    void aJobIsSeenAtTheNextReading() {
        Watched one = Watched.run(Trial.of(Trial.task(600, 7)), RULE, Trial.boot(BOOT));
        assertThat(one.launches())
                .singleElement()
                .satisfies(launch -> assertThat(launch).isBetween(0.5, 3.5));
        Watched eager = Watched.run(
                Trial.of(Trial.task(600, 7)), RULE.withLongestPoll(Duration.ofSeconds(1)), Trial.boot(BOOT));
        assertThat(eager.launches().getFirst()).isBetween(0.5, 1.5);
    }

    /** 150 at once, then 10 a second. */
    @Test
    void aBurstGoesAsFastAsTheSubscriptionsRate() {
        Watched burst = Watched.run(Trial.burst(220, 600, 7), RULE, Trial.boot(BOOT));
        double first = burst.launches().getFirst();
        assertThat(first).isBetween(0.5, 3.5);
        assertThat(burst.launchedBy(first)).isEqualTo(150);
        assertThat(burst.launches().getLast()).isCloseTo(first + 7, within(0.1));
        assertThat(burst.outcome().machines()).isEqualTo(220);
        assertThat(burst.outcome().unused()).isZero();
    }

    /** Idle for 3 min as seen: from the reading after its job until the plan at which the time is up. */
    @Test
    void anIdleMachineIsUsedAgainAndGoesWhenItsTimeIsUp() {
        Watched twice = Watched.run(Trial.of(Trial.task(60, 0), Trial.task(60, 200)), RULE, Trial.boot(BOOT));
        assertThat(twice.outcome().machines()).isOne();
        assertThat(twice.outcome().waits().getFirst()).isZero();
        Watched one = Watched.run(Trial.of(Trial.task(60, 0)), RULE, Trial.boot(BOOT));
        assertThat(one.outcome().idle()).isBetween(Duration.ofMinutes(3), Duration.ofSeconds(180 + 17));
    }

    /** Two whose time is up at once go a revalidation of 15 s later. */
    @Test
    void severalGoOnlyWhenTheWishHasLasted() {
        Watched two = Watched.run(Trial.burst(2, 60, 0), RULE, Trial.boot(BOOT));
        assertThat(two.outcome().idle().dividedBy(2))
                .isBetween(Duration.ofSeconds(180 + 15), Duration.ofSeconds(180 + 15 + 5));
    }

    @Test
    void aMachineForOneJobGoesAfterIt() {
        Watched two = Watched.run(
                Trial.of(Trial.task(60, 0), Trial.task(60, 300)), ShedmasterRule.singleUse("ours"), Trial.boot(BOOT));
        assertThat(two.outcome().machines()).isEqualTo(2);
        assertThat(two.outcome().paid()).isBetween(Duration.ofSeconds(2 * 120), Duration.ofSeconds(2 * (120 + 16)));
    }

    /** A machine that is coming, or idle, is counted for whoever can use it. */
    @Test
    void oneMachineIsMadeForJobsThatFollowEachOther() {
        Pool docker = new Pool("docker", Set.of("amd64", "docker"), 1);
        Workload workload = new Workload(
                List.of(docker),
                List.of(Trial.task(Set.of("amd64", "docker"), 5, 0), Trial.task(Set.of("amd64"), 5, 100)),
                Duration.ofHours(1));
        Watched run = Watched.run(workload, RULE, Trial.boot(BOOT));
        assertThat(run.outcome().machines()).isOne();
    }

    @Test
    void aJobGetsTheCheapestMachineThatServesIt() {
        Workload workload = new Workload(
                List.of(new Pool("kvm", Set.of("amd64", "kvm"), 2), new Pool("plain", Set.of("amd64"), 1)),
                List.of(Trial.task(Set.of("amd64", "kvm"), 5, 0), Trial.task(Set.of("amd64"), 5, 0)),
                Duration.ofHours(1));
        assertThat(Watched.run(workload, RULE, Trial.boot(BOOT)).pools()).containsExactlyInAnyOrder("plain", "kvm");
    }
}
