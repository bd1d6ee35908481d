package dev.shedmaster.suite.run;

import dev.shedmaster.lab.demand.DemandEvents;
import dev.shedmaster.lab.demand.DemandReplay;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The night that is replayed.
 *
 * @param from when the replay begins
 * @param replay what is asked for
 */
record Night(Instant from, DemandReplay replay) {
    /** Shortly before the nightly builds are asked for. */
    private static final LocalTime BEGIN = LocalTime.of(20, 58);

    /** @throws RunOptions.BadOption when nothing was built in that night */
    static Night chosen(RunOptions options) throws RunOptions.BadOption {
        DemandEvents year = DemandEvents.ofTheYear();
        LocalDate evening = options.evening().orElseGet(year::busiestNight);
        Instant from = evening.atTime(BEGIN).toInstant(ZoneOffset.UTC);
        Instant until = evening.plusDays(1).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC);
        DemandReplay whole =
                DemandReplay.of(year, new DemandReplay.Choice(from, until, options.seed(), options.speed(), true));
        if (whole.builds().isEmpty()) {
            throw new RunOptions.BadOption(
                    "--evening: nothing was built in the night of " + evening + "; choose a working day");
        }
        return new Night(from, new DemandReplay(first(whole, options.builds()), options.speed()));
    }

    private static List<dev.shedmaster.lab.demand.PlannedBuild> first(DemandReplay whole, int builds) {
        return whole.builds().subList(0, Math.min(builds, whole.builds().size()));
    }
}
