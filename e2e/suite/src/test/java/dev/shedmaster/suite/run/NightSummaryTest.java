package dev.shedmaster.suite.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.lab.demand.DemandReport;
import dev.shedmaster.suite.run.Hosts.HostRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NightSummaryTest {
    private static final Leftovers NOTHING = new Leftovers(0, 0, 0, 0, 0, 0, 0);
    private static final DemandReport ALL_RAN = new DemandReport(174, 174, List.of());

    private static final Hosts HOSTS = new Hosts(
            List.of(host("ax162-1", HostPhase.READY), host("rx220-1", HostPhase.READY)),
            36,
            Map.of("ax162-1", Duration.ofSeconds(48), "rx220-1", Duration.ofSeconds(51)));

    private static HostRow host(String name, HostPhase phase) {
        return new HostRow(name, phase, 0, "0/76", "0Mi/240Gi", "0", "what it waits for");
    }

    private static NightSummary summary(Optional<DemandReport> jobs, Leftovers left, boolean reported) {
        return summary(jobs, HOSTS, left, reported);
    }

    private static NightSummary summary(Optional<DemandReport> jobs, Hosts hosts, Leftovers left, boolean reported) {
        return new NightSummary(
                jobs,
                Duration.ofSeconds(312),
                120,
                Waits.of(IntStream.rangeClosed(1, 100)
                        .mapToObj(Duration::ofSeconds)
                        .toList()),
                new Spent(64, 0, 98.76, 54.321),
                hosts,
                left,
                reported,
                Optional.empty());
    }

    @Test
    void aNightInWhichAllRanAndNothingIsLeftIsWell() {
        NightSummary summary = summary(Optional.of(ALL_RAN), NOTHING, true);

        assertThat(summary.exitStatus()).isZero();
        assertThat(summary.lines()).containsExactly("""
                        The night
                          jobs       174 of 174 succeeded
                          waits      p50 50.0 s, p95 95.0 s, longest 100.0 s of real time, over 100 jobs
                          machines   64, for 98.8 hours of the night in all
                          hosts      2 ready; 36 jobs ran on them
                                     installed from blank within 51.0 s of real time
                          cost       $54.32
                          no pool    the job that waits on purpose was reported
                          left over  nothing
                          took       312 s at 120 times real speed
                                     (a second that the operator takes is 120 in hours and cost)
                        All is well: every job ran, nothing is left.
                        """.lines().toArray(String[]::new));
    }

    @Test
    void aLostJobIsNotWellAndIsNamed() {
        NightSummary summary = summary(
                Optional.of(new DemandReport(174, 173, List.of("nightly-main-1-tag: neither queued nor built"))),
                NOTHING,
                true);

        assertThat(summary.exitStatus()).isEqualTo(1);
        assertThat(summary.lines())
                .contains("             nightly-main-1-tag: neither queued nor built")
                .endsWith("NOT WELL: 1 of 174 jobs did not succeed");
    }

    @Test
    void manyLostJobsDoNotFillTheScreen() {
        List<String> lost =
                IntStream.range(0, 30).mapToObj(i -> "job-" + i + ": FAILURE").toList();
        NightSummary summary = summary(Optional.of(new DemandReport(174, 144, lost)), NOTHING, true);

        assertThat(summary.lines())
                .contains("             job-9: FAILURE", "             and 20 more")
                .doesNotContain("             job-10: FAILURE");
    }

    @Test
    void whateverIsLeftOverIsNotWell() {
        List<Leftovers> each = List.of(
                new Leftovers(1, 0, 0, 0, 0, 0, 0),
                new Leftovers(0, 1, 0, 0, 0, 0, 0),
                new Leftovers(0, 0, 1, 0, 0, 0, 0),
                new Leftovers(0, 0, 0, 1, 0, 0, 0),
                new Leftovers(0, 0, 0, 0, 1, 0, 0),
                new Leftovers(0, 0, 0, 0, 0, 1, 0),
                new Leftovers(0, 0, 0, 0, 0, 0, 1));

        assertThat(each)
                .allSatisfy(left -> assertThat(
                                summary(Optional.of(ALL_RAN), left, true).exitStatus())
                        .isEqualTo(1));
        assertThat(summary(Optional.of(ALL_RAN), new Leftovers(2, 1, 0, 0, 1, 0, 3), true)
                        .problems())
                .containsExactly("2 machines, 1 NIC, 1 worker on a host, 3 Worker objects left over");
    }

    @Test
    void aHostThatDoesNotServeIsNotWellAndSaysWhy() {
        Hosts hosts = new Hosts(
                List.of(host("rx220-1", HostPhase.READY), host("rx220-2", HostPhase.QUARANTINED)), 12, Map.of());
        NightSummary summary = summary(Optional.of(ALL_RAN), hosts, NOTHING, true);

        assertThat(summary.exitStatus()).isEqualTo(1);
        assertThat(summary.lines())
                .contains("  hosts      1 ready, 1 quarantined; 12 jobs ran on them")
                .endsWith("NOT WELL: host rx220-2 is Quarantined (what it waits for)");
    }

    @Test
    void aNightWithoutHostsSaysNothingOfThem() {
        NightSummary summary = summary(Optional.of(ALL_RAN), Hosts.NONE, NOTHING, true);

        assertThat(summary.exitStatus()).isZero();
        assertThat(summary.lines()).noneMatch(line -> line.contains("hosts"));
    }

    @Test
    void aLabelThatNoPoolServesMustBeReported() {
        assertThat(summary(Optional.of(ALL_RAN), NOTHING, false).exitStatus()).isEqualTo(1);
    }

    @Test
    void aNightThatDidNotComeToItsEndIsNotWell() {
        assertThat(summary(Optional.empty(), NOTHING, true).exitStatus()).isEqualTo(1);
    }

    @Test
    void anOperatorThatDiedIsSaidFirst() {
        assertThat(NightSummary.ofNoNight(120, "the operator ended with status 1")
                        .problems())
                .first()
                .isEqualTo("the operator ended with status 1");
    }
}
