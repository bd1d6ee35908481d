package dev.shedmaster.lab.demand;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of a build.
 *
 * @param name unlike the other stages of the build
 * @param duration how long it keeps an executor busy, at the replay's speed
 * @param after the stages that must have succeeded before
 * @param lock what only one job at a time may hold; null for nothing
 * @param pipeline whether it is a Pipeline with one node step, not a freestyle job
 */
public record Stage(
        String name,
        MachineNeed need,
        Duration duration,
        List<String> after,
        @Nullable String lock,
        boolean pipeline) {

    public Stage {
        after = List.copyOf(after);
    }
}
