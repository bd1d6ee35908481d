package dev.shedmaster.lab.robot.light;

import dev.shedmaster.lab.agent.AgentProgram;
import java.util.Set;

/**
 * What light hosts are like. Begin with {@link #of} and change what matters.
 *
 * @param agents the program that their workers run
 * @param timings how long they take
 * @param sumsImages whether an image is fetched whole and its checksum taken; else it is only asked whether it is there
 * @param workerImages the images of workers that they have; empty: every one that is asked for
 */
public record LightOptions(AgentProgram agents, LightTimings timings, boolean sumsImages, Set<String> workerImages) {

    public LightOptions {
        workerImages = Set.copyOf(workerImages);
    }

    public static LightOptions of(AgentProgram agents) {
        return new LightOptions(agents, LightTimings.realistic(), false, Set.of());
    }

    public LightOptions withTimings(LightTimings others) {
        return new LightOptions(agents, others, sumsImages, workerImages);
    }

    public LightOptions summingImages() {
        return new LightOptions(agents, timings, true, workerImages);
    }

    /** With these images of workers and no others. */
    public LightOptions withWorkerImages(Set<String> names) {
        return new LightOptions(agents, timings, sumsImages, names);
    }

    public boolean hasWorkerImage(String name) {
        return workerImages.isEmpty() || workerImages.contains(name);
    }
}
