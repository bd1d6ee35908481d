package dev.shedmaster.lab.robot.light;

import dev.shedmaster.lab.agent.AgentProgram;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What light hosts are like. Begin with {@link #of} and change what matters.
 *
 * @param agents the program that their workers run
 * @param timings how long they take
 * @param sumsImages whether an image is fetched whole and its checksum taken; else it is only asked whether it is there
 * @param workerImages the images of workers that somebody has put there; null: every one that is asked for
 * @param timeOfDay what their clocks show; null: the lab's time
 */
public record LightOptions(
        AgentProgram agents,
        LightTimings timings,
        boolean sumsImages,
        @Nullable Set<String> workerImages,
        @Nullable InstantSource timeOfDay) {

    public LightOptions {
        workerImages = workerImages == null ? null : Set.copyOf(workerImages);
    }

    public static LightOptions of(AgentProgram agents) {
        return new LightOptions(agents, LightTimings.realistic(), false, null, null);
    }

    public LightOptions withTimings(LightTimings others) {
        return new LightOptions(agents, others, sumsImages, workerImages, timeOfDay);
    }

    public LightOptions summingImages() {
        return new LightOptions(agents, timings, true, workerImages, timeOfDay);
    }

    /** With these images of workers, and those that they fetch. */
    public LightOptions withWorkerImages(Set<String> names) {
        return new LightOptions(agents, timings, sumsImages, names, timeOfDay);
    }

    /** With clocks that show this, however fast the lab's time passes: whoever asks them may live in another. */
    public LightOptions showing(InstantSource time) {
        return new LightOptions(agents, timings, sumsImages, workerImages, time);
    }

    /** What their clocks show. */
    public InstantSource timeOfDay(InstantSource lab) {
        return timeOfDay == null ? lab : timeOfDay;
    }
}
