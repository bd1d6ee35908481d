package dev.shedmaster.core.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * What holds of every life, in a world that fails in every way: {@link WorkerWorld}. A counter-example is a short list of
 * {@link WorldEvent}s; the log below it tells what the rule did with them.
 */
class WorkerLifecycleProperties {
    private static final int LIVES = 4_000;
    /** Far more looks than any healthy way to the end takes, and few enough to notice a worker that turns in circles. */
    private static final int LOOKS = 100;

    /** How a life usually begins: random events alone rarely lead to a job. */
    private static final List<WorldEvent> USUAL_YOUTH = List.of(
            WorldEvent.STEP,
            WorldEvent.MACHINE_BOOTS,
            WorldEvent.LIST,
            WorldEvent.STEP,
            WorldEvent.AGENT_CONNECTS,
            WorldEvent.STEP,
            WorldEvent.JOB_BEGINS,
            WorldEvent.STEP);

    @Property(tries = LIVES, shrinking = ShrinkingMode.FULL)
    void noMachineIsDeletedUnderAJobButAtTheUsersOwnWish(
            @ForAll("rules") String rules, @ForAll("events") List<WorldEvent> events) {
        holds(Promise.NO_MACHINE_DELETED_UNDER_A_JOB, lived(rules, events));
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.FULL)
    void anotherAccountIsAskedOnlyOnceTheFormerHasSaidNo(
            @ForAll("rules") String rules, @ForAll("events") List<WorldEvent> events) {
        WorkerWorld world = lived(rules, events);
        holds(Promise.NO_ASKING_ELSEWHERE_IN_DOUBT, world);
        holds(Promise.ONE_MACHINE_AT_MOST, world);
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.FULL)
    void noJobIsCountedBeforeItHasEnded(@ForAll("rules") String rules, @ForAll("events") List<WorldEvent> events) {
        holds(Promise.NO_JOB_COUNTED_BEFORE_IT_ENDED, lived(rules, events));
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.FULL)
    void theRegistrationOutlivesTheMachine(@ForAll("rules") String rules, @ForAll("events") List<WorldEvent> events) {
        holds(Promise.REGISTRATION_OUTLIVES_MACHINE, lived(rules, events));
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.FULL)
    void theObjectOutlivesBoth(@ForAll("rules") String rules, @ForAll("events") List<WorldEvent> events) {
        WorkerWorld world = lived(rules, events);
        for (int look = 0; look < LOOKS && !world.isForgotten(); look++) {
            world.happens(WorldEvent.REMOVAL);
            world.heals();
        }
        holds(Promise.NOTHING_LEFT_WHEN_FORGOTTEN, world);
        assertThat(world.isForgotten()).as(() -> told(world)).isTrue();
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.FULL)
    void everyStateHasAWayOut(@ForAll("rules") String rules, @ForAll("events") List<WorldEvent> events) {
        WorkerWorld world = lived(rules, events);
        world.happens(WorldEvent.STEP);
        int looks = 0;
        while (!world.isForgotten() && !world.isOfUse() && looks < LOOKS) {
            world.heals();
            looks++;
        }
        assertThat(looks).as(() -> told(world)).isLessThan(LOOKS);
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.FULL)
    void everyWaitHasADeadlineOrIsReportedWhenItIsOverdue(
            @ForAll("rules") String rules, @ForAll("events") List<WorldEvent> events) {
        WorkerWorld world = lived(rules, events);
        holds(Promise.EVERY_WAIT_ENDS_OR_IS_NAMED, world);
        world.happens(WorldEvent.STEP);
        for (int look = 0; look < LOOKS && !world.overdueReported(); look++) {
            world.rots();
        }
        boolean atRest = world.isOfUse() || world.life().state() instanceof WorkerState.Failed;
        assertThat(world.isForgotten() || atRest || world.overdueReported())
                .as(() -> told(world))
                .isTrue();
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.FULL)
    void theSameWorldIsDecidedAlike(@ForAll("rules") String rules, @ForAll("events") List<WorldEvent> events) {
        WorkerWorld world = lived(rules, events);
        holds(Promise.SAME_SIGHT_SAME_DECISION, world);
        assertThat(lived(rules, events).log()).isEqualTo(world.log());
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.FULL)
    void theStatesThatAreToldAreThoseThatAreEntered(
            @ForAll("rules") String rules, @ForAll("events") List<WorldEvent> events) {
        WorkerWorld world = lived(rules, events);
        holds(Promise.TOLD_STATES_ARE_TRUE, world);
        for (Class<?> state : WorkerState.class.getPermittedSubclasses()) {
            String phase = state.getSimpleName();
            Statistics.label(phase)
                    .collect(world.reached().contains(phase))
                    .coverage(coverage -> coverage.check(true).count(count -> count > LIVES / 100));
        }
    }

    @Provide
    Arbitrary<String> rules() {
        return Arbitraries.of("", "maxJobs=1", "drainTimeout=30m", "maxAge=2h", "keepFailedFor=2h maxJobs=2");
    }

    @Provide
    Arbitrary<List<WorldEvent>> events() {
        Arbitrary<WorldEvent> any = Arbitraries.of(WorldEvent.class);
        Arbitrary<WorldEvent> usual = Arbitraries.of(
                WorldEvent.LIST,
                WorldEvent.MACHINE_BOOTS,
                WorldEvent.AGENT_CONNECTS,
                WorldEvent.JOB_BEGINS,
                WorldEvent.FIRST_JOB_ENDS,
                WorldEvent.LAST_JOB_ENDS,
                WorldEvent.DELETION_ENDS,
                WorldEvent.CI_UP,
                WorldEvent.PROVIDER_UP);
        Arbitrary<List<WorldEvent>> afterwards = Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.just(WorldEvent.STEP)), Tuple.of(8, usual), Tuple.of(12, any))
                .list()
                .ofMaxSize(40);
        Arbitrary<List<WorldEvent>> before =
                Arbitraries.of(List.of(), List.of(WorldEvent.FIRST_OFFERING_OUT), List.of(WorldEvent.NEXT_ANSWER_LOST));
        Arbitrary<Integer> age = Arbitraries.integers().between(0, USUAL_YOUTH.size());
        return Combinators.combine(before, age, afterwards)
                .as((first, youth, then) -> Stream.of(first, USUAL_YOUTH.subList(0, youth), then)
                        .flatMap(List::stream)
                        .toList());
    }

    private static WorkerWorld lived(String rules, List<WorldEvent> events) {
        WorkerWorld world = new WorkerWorld(RulesText.of(rules));
        events.forEach(world::happens);
        return world;
    }

    private static void holds(Promise promise, WorkerWorld world) {
        assertThat(world.broken()).as(() -> told(world)).doesNotContainKey(promise);
    }

    private static String told(WorkerWorld world) {
        return String.join("\n", world.log());
    }
}
