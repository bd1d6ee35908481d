package dev.shedmaster.core.host;

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
 * What holds of every host's life, in a world that fails in every way: {@link HostWorld}. A counter-example is a short list of
 * {@link HostEvent}s; the log below it tells what the rule did with them.
 */
class HostLifecycleProperties {
    private static final int LIVES = 4_000;
    /** Far more looks than any healthy way to the end takes, and few enough to notice a host that turns in circles. */
    private static final int LOOKS = 150;

    /** How a life usually begins. */
    private static final List<HostEvent> USUAL_YOUTH = List.of(
            HostEvent.STEP,
            HostEvent.MINUTE,
            HostEvent.BOOT_ENDS,
            HostEvent.STEP,
            HostEvent.WRITING_ENDS,
            HostEvent.SECOND,
            HostEvent.STEP,
            HostEvent.MINUTE,
            HostEvent.BOOT_ENDS,
            HostEvent.STEP,
            HostEvent.WORKER_IS_PLACED,
            HostEvent.JOB_BEGINS,
            HostEvent.STEP);

    @Property(tries = LIVES, shrinking = ShrinkingMode.BOUNDED)
    void nothingIsBrokenWhateverHappens(@ForAll("events") List<HostEvent> events) {
        HostWorld world = lived(events);
        assertThat(world.broken()).as(() -> told(world)).isEmpty();
        for (Class<?> state : HostState.class.getPermittedSubclasses()) {
            String phase = state.getSimpleName();
            Statistics.label(phase)
                    .collect(world.reached().contains(phase))
                    .coverage(coverage -> coverage.check(true).count(count -> count > LIVES / 200));
        }
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.BOUNDED)
    void thereIsAlwaysAWayToBeOfUse(@ForAll("events") List<HostEvent> events) {
        HostWorld world = lived(events);
        int looks = 0;
        while (!world.isForgotten() && !world.life().state().serves() && looks < LOOKS) {
            world.heals();
            looks++;
        }
        assertThat(looks).as(() -> told(world)).isLessThan(LOOKS);
        assertThat(world.broken()).as(() -> told(world)).isEmpty();
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.BOUNDED)
    void thereIsAlwaysAWayToGo(@ForAll("events") List<HostEvent> events, @ForAll boolean wipe) {
        HostWorld world = lived(events);
        world.happens(HostEvent.SECOND);
        world.happens(wipe ? HostEvent.REMOVAL_AND_WIPE : HostEvent.REMOVAL_AND_RETAIN);
        int looks = 0;
        while (!world.isForgotten() && looks < LOOKS) {
            world.heals();
            looks++;
        }
        assertThat(looks).as(() -> told(world)).isLessThan(LOOKS);
        assertThat(world.broken()).as(() -> told(world)).isEmpty();
    }

    @Property(tries = LIVES, shrinking = ShrinkingMode.BOUNDED)
    void whoWaitsInVainIsToldOf(@ForAll("events") List<HostEvent> events) {
        HostWorld world = lived(events);
        for (int look = 0; look < LOOKS && !isSettled(world); look++) {
            world.rots();
        }
        assertThat(isSettled(world)).as(() -> told(world)).isTrue();
    }

    private static boolean isSettled(HostWorld world) {
        return world.isForgotten()
                || world.isOverdue()
                || switch (world.life().state()) {
                    case HostState.Ready r -> true;
                    case HostState.Maintenance m -> true;
                    case HostState.Quarantined q -> true;
                    case HostState.Registered r -> true;
                    case HostState.Draining d -> true;
                    default -> false;
                };
    }

    @Provide
    Arbitrary<List<HostEvent>> events() {
        Arbitrary<HostEvent> any = Arbitraries.of(HostEvent.class);
        Arbitrary<HostEvent> usual = Arbitraries.of(
                HostEvent.BOOT_ENDS,
                HostEvent.WRITING_ENDS,
                HostEvent.MINUTE,
                HostEvent.TEN_MINUTES,
                HostEvent.WORKERS_END,
                HostEvent.LANDLORD_UP,
                HostEvent.NETWORK_UP);
        Arbitrary<List<HostEvent>> afterwards = Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.just(HostEvent.STEP)), Tuple.of(8, usual), Tuple.of(12, any))
                .list()
                .ofMaxSize(40);
        Arbitrary<Integer> age = Arbitraries.integers().between(0, USUAL_YOUTH.size());
        return Combinators.combine(age, afterwards)
                .as((youth, then) -> Stream.concat(USUAL_YOUTH.subList(0, youth).stream(), then.stream())
                        .toList());
    }

    private static HostWorld lived(List<HostEvent> events) {
        HostWorld world = new HostWorld();
        events.forEach(world::happens);
        return world;
    }

    private static String told(HostWorld world) {
        return String.join("\n", world.log());
    }
}
