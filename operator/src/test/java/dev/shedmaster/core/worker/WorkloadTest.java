package dev.shedmaster.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.worker.WorkerState.Job;
import dev.shedmaster.core.worker.Workload.Running;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    private static final Instant EARLY = Instant.parse("2026-11-24T14:00:00Z");
    private static final Instant LATER = EARLY.plusSeconds(60);
    private static final Job ONE = new Job("1", "one #1", "https://ci/one/1");
    private static final Job TWO = new Job("2", "two #2", "https://ci/two/2");
    private static final Job STEP = new Job("", "pipe #3 (test)", "https://ci/pipe/3");
    private static final Job UNKNOWN = new Job("", "a job that has not begun", "");

    private static Workload at(Instant when, Job... jobs) {
        return Workload.NONE.seen(List.of(jobs), when);
    }

    @Test
    void itsFirstJobIsTheOneThatRunsLongest() {
        Workload work = at(EARLY, TWO).seen(List.of(ONE, TWO), LATER);

        assertThat(work.jobs()).containsExactly(new Running(TWO, EARLY), new Running(ONE, LATER));
        assertThat(work.newestSince()).isEqualTo(LATER);
        assertThat(work.seen(List.of(ONE, TWO), LATER.plusSeconds(60))).isSameAs(work);
    }

    @Test
    void countsThoseThatEnd() {
        Workload both = at(EARLY, ONE, TWO);

        assertThat(both.endedBy(List.of(TWO, ONE))).isZero();
        assertThat(both.endedBy(List.of(TWO))).isEqualTo(1);
        assertThat(both.endedBy(List.of(TWO, STEP))).isEqualTo(1);
        assertThat(both.endedBy(List.of())).isEqualTo(2);
        assertThat(Workload.NONE.endedBy(List.of(ONE))).isZero();
        assertThat(both.seen(List.of(TWO), LATER).jobs()).containsExactly(new Running(TWO, EARLY));
    }

    @Test
    void tellsWhichDoNotGoOn() {
        assertThat(at(EARLY, ONE, TWO).without(List.of(ONE))).containsExactly(new Running(TWO, EARLY));
        assertThat(at(EARLY, ONE).without(List.of(ONE))).isEmpty();
    }

    @Test
    void aJobIsTakenUpAsTheOneOfItsRunAmongOthers() {
        Job again = new Job("7", "one #1 again", ONE.url());
        assertThat(at(EARLY, ONE)
                        .takenUp(List.of(TWO, again), restart(true), LATER)
                        .jobs())
                .containsExactly(new Running(again, LATER));
    }

    @Test
    void equalStepsOfOneRunAreSeveralJobs() {
        Workload both = at(EARLY, STEP, STEP);

        assertThat(both.size()).isEqualTo(2);
        assertThat(both.endedBy(List.of(STEP))).isEqualTo(1);
        assertThat(both.endedBy(List.of(STEP, STEP))).isZero();
    }

    @Test
    void aStepWhoseRunIsCalledOtherwiseGoesOn() {
        Job renamed = new Job("", "pipe: for the release (test)", "https://ci/pipe/3");
        Job other = new Job("", "pipe #3 (build)", "https://ci/pipe/3");

        assertThat(at(EARLY, STEP).endedBy(List.of(renamed))).isZero();
        assertThat(at(EARLY, STEP).endedBy(List.of(new Job("", "pipe #4 (test)", "https://ci/pipe/4"))))
                .isEqualTo(1);
        assertThat(at(EARLY, other)
                        .seen(List.of(other, STEP), LATER)
                        .seen(List.of(STEP), LATER)
                        .jobs())
                .as("the one of its name goes on")
                .containsExactly(new Running(STEP, LATER));
    }

    @Test
    void aJobThatWasUnknownIsOneOfThoseThatAreTold() {
        Workload begun = at(EARLY, UNKNOWN, ONE).seen(List.of(TWO, ONE), LATER);

        assertThat(at(EARLY, UNKNOWN, ONE).endedBy(List.of(TWO, ONE))).isZero();
        assertThat(begun.jobs()).containsExactly(new Running(TWO, EARLY), new Running(ONE, EARLY));
        assertThat(at(EARLY, UNKNOWN, UNKNOWN).endedBy(List.of(ONE))).isEqualTo(1);
        assertThat(at(EARLY, UNKNOWN).endedBy(List.of(UNKNOWN, ONE))).isZero();
    }

    @Test
    void aJobThatIsCalledOtherwiseGoesOn() {
        Job renamed = new Job("1", "one: for the release", "https://ci/one/1");

        assertThat(at(EARLY, ONE).endedBy(List.of(renamed))).isZero();
        assertThat(at(EARLY, ONE).seen(List.of(renamed), LATER).jobs()).containsExactly(new Running(renamed, EARLY));
    }

    @Test
    void saysHowManyThereAreBesideTheFirst() {
        assertThat(at(EARLY, ONE).describe()).isEqualTo("one #1");
        assertThat(at(EARLY, ONE, TWO).describe()).isEqualTo("one #1 and 1 more job");
        assertThat(at(EARLY, ONE, TWO, STEP).describe()).isEqualTo("one #1 and 2 more jobs");
    }

    private static CiRestart restart(boolean precedesSight) {
        return new CiRestart(EARLY.plusSeconds(1), EARLY.plusSeconds(600), false, precedesSight);
    }

    @Test
    void whatIsSeenToRunAfterTheRestartBeganNow() {
        Workload before = at(EARLY, STEP, ONE);

        assertThat(before.takenUp(List.of(STEP), restart(true), LATER).jobs())
                .containsExactly(new Running(ONE, EARLY), new Running(STEP, LATER));
        assertThat(before.takenUp(List.of(STEP), restart(false), LATER))
                .as("it may have been seen before the restart")
                .isSameAs(before);
        assertThat(before.takenUp(List.of(), restart(true), LATER)).isSameAs(before);
        Workload since = at(LATER, STEP);
        assertThat(since.takenUp(List.of(STEP), restart(true), LATER.plusSeconds(1)))
                .as("it began after the restart")
                .isSameAs(since);
    }

    @Test
    void anotherItemOfTheSameRunIsTheJobTakenUpWheneverItIsSeen() {
        Job again = new Job("11", ONE.name(), ONE.url());

        assertThat(at(EARLY, ONE)
                        .takenUp(List.of(again, TWO), restart(false), LATER)
                        .jobs())
                .containsExactly(new Running(again, LATER));
    }
}
