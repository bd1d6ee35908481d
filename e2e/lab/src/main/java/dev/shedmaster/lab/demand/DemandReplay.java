package dev.shedmaster.lab.demand;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A stretch of real demand, ready to be asked for again: the same choice yields the same builds, stages and durations.
 *
 * @param builds in the order of their start
 * @param speed how many times faster than it really was
 */
public record DemandReplay(List<PlannedBuild> builds, double speed) {

    /**
     * What to replay.
     *
     * @param from when it begins
     * @param until builds asked for from here on are left out; those before run to their end
     * @param seed the durations depend on it
     * @param speed 1 is real time; 3600 turns hours into seconds
     * @param arm64 whether there are arm64 machines, so that tests for them are asked for too
     */
    public record Choice(Instant from, Instant until, long seed, double speed, boolean arm64) {
        public Choice {
            if (!from.isBefore(until)) {
                throw new IllegalArgumentException("until: expected it to be later than from");
            }
            if (!(speed > 0) || Double.isInfinite(speed)) {
                throw new IllegalArgumentException("speed: expected a number above 0, got " + speed);
            }
        }

        /** One evening from half past eight until the next noon. */
        public static Choice night(LocalDate evening, long seed, double speed) {
            Instant from = evening.atTime(LocalTime.of(20, 30)).toInstant(ZoneOffset.UTC);
            Instant until = evening.plusDays(1).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
            return new Choice(from, until, seed, speed, false);
        }

        public Choice withArm64() {
            return new Choice(from, until, seed, speed, true);
        }
    }

    public DemandReplay {
        builds = List.copyOf(builds);
    }

    /**
     * Plans the builds of a stretch of time. Pull requests are not among them: they run on another CI system.
     */
    public static DemandReplay of(DemandEvents events, Choice choice) {
        List<PlannedBuild> builds = new ArrayList<>();
        for (DemandEvent event : events.between(choice.from(), choice.until()).events()) {
            boolean sdk = event.kind() == DemandEvent.Kind.SDK_BOOTSTRAP;
            if (sdk || event.kind().isFullBuild()) {
                builds.add(planned(event, builds.size() + 1, choice));
            }
        }
        return new DemandReplay(builds, choice.speed());
    }

    /** The busiest night of a year. */
    public static DemandReplay ofBusiestNight(DemandEvents events, long seed, double speed) {
        return of(events, Choice.night(events.busiestNight(), seed, speed));
    }

    private static PlannedBuild planned(DemandEvent event, int number, Choice choice) {
        Durations durations = new Durations(new Random(seedOf(event, number, choice.seed())), choice.speed());
        long realMillis = Duration.between(choice.from(), event.at()).toMillis();
        String kind = event.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        String channel = event.channel() == null ? "" : "-" + event.channel();
        return new PlannedBuild(
                kind + channel + "-" + number,
                event.at(),
                Duration.ofMillis(Math.round(realMillis / choice.speed())),
                event.kind() == DemandEvent.Kind.SDK_BOOTSTRAP
                        ? BuildPlan.sdk(durations)
                        : BuildPlan.full(durations, choice.arm64()));
    }

    private static long seedOf(DemandEvent event, int number, long seed) {
        return seed * 1_000_003 + event.at().getEpochSecond() * 31 + number;
    }

    /** How many jobs there are in all. */
    public int stageCount() {
        return builds.stream().mapToInt(build -> build.stages().size()).sum();
    }

    /** How much busy time is asked for in all. */
    public Duration work() {
        return builds.stream()
                .flatMap(build -> build.stages().stream())
                .map(Stage::duration)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
