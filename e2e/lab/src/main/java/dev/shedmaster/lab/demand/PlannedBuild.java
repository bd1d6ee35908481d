package dev.shedmaster.lab.demand;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A build with its stages.
 *
 * @param name unlike the other builds of the replay
 * @param event when it was really asked for
 * @param start how long after the replay's beginning it is asked for, at the replay's speed
 */
public record PlannedBuild(String name, Instant event, Duration start, List<Stage> stages) {

    public PlannedBuild {
        stages = List.copyOf(stages);
    }
}
