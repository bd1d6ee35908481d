package dev.shedmaster.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.worker.WorkerState.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WorkerRulesTest {
    private static final Instant BORN = Instant.parse("2026-11-24T14:00:00Z");
    private static final Instant LATER = BORN.plusSeconds(60);
    private static final WorkerRules RULES = RulesText.of("createTimeout=10m bootTimeout=15m registrationTimeout=5m"
            + " silenceTimeout=6m deleteTimeout=16m drainTimeout=30m maxAge=2h maxJobs=2 keepFailedFor=2h");
    private static final Job JOB = new Job("12", "packages #12", "");
    private static final Job OTHER = new Job("13", "kernel #7", "");
    private static final WorkerState BUSY = new WorkerState.Busy(Workload.NONE.seen(List.of(JOB), LATER));
    private static final WorkerState TWICE_BUSY = new WorkerState.Busy(Workload.NONE.seen(List.of(JOB, OTHER), LATER));

    static Stream<Arguments> deadlines() {
        return Stream.of(
                Arguments.of(new WorkerState.Requested(), BORN.plusSeconds(600)),
                Arguments.of(new WorkerState.Creating(), BORN.plusSeconds(600)),
                Arguments.of(new WorkerState.Booting(), LATER.plusSeconds(900)),
                Arguments.of(new WorkerState.Registering(), LATER.plusSeconds(300)),
                Arguments.of(new WorkerState.Idle(), null),
                Arguments.of(BUSY, null),
                Arguments.of(new WorkerState.Draining(BUSY.work(), "old", null), LATER.plusSeconds(1800)),
                Arguments.of(new WorkerState.Deleting("old"), LATER.plusSeconds(960)),
                Arguments.of(new WorkerState.Gone("old"), LATER.plusSeconds(960)),
                Arguments.of(new WorkerState.Failed(FailureKind.BOOT_FAILED, ""), LATER.plusSeconds(7200)),
                Arguments.of(new WorkerState.Failed(FailureKind.NO_CAPACITY, ""), LATER),
                Arguments.of(new WorkerState.Lost("off"), null),
                Arguments.of(new WorkerState.Evicted("taken"), null));
    }

    @ParameterizedTest
    @MethodSource("deadlines")
    void saysUntilWhenAStateMayLast(WorkerState state, @Nullable Instant deadline) {
        assertThat(RULES.deadline(life(state), Held.NOT)).isEqualTo(deadline);
    }

    @Test
    void itsWaitsAreGrantedOnTopToWhoAsksAndToNobodyElse() {
        Held waited = new Held(Duration.ofMinutes(4), Duration.ofMinutes(3));
        assertThat(RULES.deadline(life(new WorkerState.Requested()), waited)).isEqualTo(BORN.plusSeconds(600 + 420));
        assertThat(RULES.registeredBy(life(new WorkerState.Requested()), waited))
                .as("a wait for the registration is what this is about")
                .isEqualTo(BORN.plusSeconds(600 + 240));
        assertThat(RULES.deadline(life(new WorkerState.Booting()), waited)).isEqualTo(LATER.plusSeconds(900));
    }

    @Test
    void anAgentThatWasConnectedHasItsOwnTimeForComingBack() {
        WorkerLife away = life(new WorkerState.Registering()).hearing(false, LATER.plusSeconds(10));

        assertThat(RULES.deadline(away, Held.NOT)).isEqualTo(LATER.plusSeconds(370));
        assertThat(RULES.deadline(away.showing(BUSY), Held.NOT)).isEqualTo(LATER.plusSeconds(370));
    }

    @Test
    void aDrainMayTakeAnyTimeUnlessTheUserLimitsIt() {
        assertThat(WorkerRules.DEFAULT.deadline(life(new WorkerState.Draining(BUSY.work(), "old", null)), Held.NOT))
                .isNull();
    }

    @Test
    void retiresAfterItsLastJob() {
        WorkerLife once = life(new WorkerState.Idle()).counting(1);
        WorkerLife twice = once.counting(1);

        assertThat(RULES.whyToRetire(once, LATER)).isNull();
        assertThat(RULES.whyToRetire(twice, LATER)).isEqualTo("has run 2 of 2 jobs");
    }

    @Test
    void saysOfASingleJobThatThereIsOne() {
        WorkerRules single = new WorkerRules(
                RULES.createTimeout(),
                RULES.bootTimeout(),
                RULES.registrationTimeout(),
                RULES.silenceTimeout(),
                RULES.deleteTimeout(),
                RULES.drainTimeout(),
                RULES.maxAge(),
                OptionalInt.of(1),
                RULES.keepFailedFor());
        WorkerLife first = life(BUSY);
        WorkerLife second = first.counting(1);

        assertThat(single.whyNoMore(first)).isEqualTo("runs its one job");
        assertThat(single.whyToRetire(second, LATER)).isEqualTo("has run its one job");
        assertThat(single.whyToRetire(second.counting(1), LATER)).isEqualTo("has run 2 of 1 job");
    }

    @Test
    void takesNoFurtherJobDuringItsLast() {
        WorkerLife first = life(BUSY);
        WorkerLife second = first.counting(1);

        assertThat(RULES.whyNoMore(first)).isNull();
        assertThat(RULES.whyNoMore(second)).isEqualTo("runs the last of 2 jobs");
        assertThat(WorkerRules.DEFAULT.whyNoMore(second)).isNull();
    }

    @Test
    void countsAllJobsThatRunAmongThoseThatItMayRun() {
        WorkerLife both = life(TWICE_BUSY);

        assertThat(RULES.whyNoMore(both)).isEqualTo("runs the last 2 of 2 jobs");
        assertThat(RULES.whyToRetire(both, LATER)).isNull();
        assertThat(RulesText.of("maxJobs=3").whyNoMore(both)).isNull();
        assertThat(RulesText.of("maxJobs=3").whyNoMore(both.counting(1))).isEqualTo("runs the last 2 of 3 jobs");
        assertThat(RulesText.of("maxJobs=3").whyNoMore(both.counting(2))).isEqualTo("runs the last 2 of 3 jobs");
    }

    @Test
    void retiresAtItsMaximalAgeAndNotBefore() {
        WorkerLife life = life(new WorkerState.Idle());
        Instant limit = BORN.plus(Duration.ofHours(2));

        assertThat(RULES.retiresAt(life)).isEqualTo(limit);
        assertThat(RULES.whyToRetire(life, limit.minusMillis(1))).isNull();
        assertThat(RULES.whyToRetire(life, limit)).isEqualTo("is older than 2h");
    }

    @Test
    void neverRetiresWithoutLimits() {
        WorkerLife life = life(new WorkerState.Idle()).counting(1);

        assertThat(WorkerRules.DEFAULT.retiresAt(life)).isNull();
        assertThat(WorkerRules.DEFAULT.whyToRetire(life, BORN.plus(Duration.ofDays(1000))))
                .isNull();
    }

    @Test
    void saysDurationsAsUsersWriteThem() {
        assertThat(WorkerRules.inWords(Duration.ofMinutes(90))).isEqualTo("1h30m");
        assertThat(WorkerRules.inWords(Duration.ofSeconds(45))).isEqualTo("45s");
        assertThat(WorkerRules.inWords(Duration.ofDays(1))).isEqualTo("24h");
    }

    private static WorkerLife life(WorkerState state) {
        Offering offering = new Offering("spot", "ci/azure", "D8", "family", null, CapacityType.SPOT, 8, 0.1);
        return WorkerLife.requested(offering, BORN).entering(state, LATER);
    }
}
