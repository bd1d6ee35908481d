package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many equal builds at once, as a burst of demand is.
 *
 * @param name the job's name, which must be new
 * @param count how many builds
 * @param label the label expression that each asks for; null for any node
 * @param duration how long each keeps its executor busy
 * @param branches how many parallel node steps each build of a Pipeline has
 */
public record Batch(String name, int count, @Nullable String label, Kind kind, Duration duration, int branches) {

    /** What kind of job. */
    public enum Kind {
        FREESTYLE,
        PIPELINE
    }

    private static final String PARAMETER = "n";
    private static final int MOST = 1_000_000;

    public Batch {
        if (name.isBlank()) {
            throw new IllegalArgumentException("name: is missing");
        }
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("count: expected 1 to " + MOST + ", got " + count);
        }
        if (branches < 1 || branches > 1000) {
            throw new IllegalArgumentException("branches: expected 1 to 1000, got " + branches);
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException("durationMs: expected 0 or more");
        }
    }

    /** So many freestyle builds. */
    public static Batch freestyle(String name, int count, @Nullable String label, Duration duration) {
        return new Batch(name, count, label, Kind.FREESTYLE, duration, 1);
    }

    /** So many Pipeline builds with one node step each. */
    public static Batch pipeline(String name, int count, @Nullable String label, Duration duration) {
        return new Batch(name, count, label, Kind.PIPELINE, duration, 1);
    }

    /** Makes the job and asks for its builds, without a quiet period; the items' numbers. */
    public List<Long> enqueue(JobDesk jobs) {
        JobDefinition definition = switch (kind) {
            case FREESTYLE -> JobDefinition.freestyle(label, Step.lasting(duration));
            case PIPELINE -> JobDefinition.pipeline(pipelineBody());
        };
        Job job = jobs.create(name, "job/" + name + "/", definition.concurrentWith(Map.of(PARAMETER, "")), "<project/>")
                .orElseThrow(() -> new IllegalArgumentException("name: there is a job '" + name + "' already"));
        return jobs.buildMany(job, PARAMETER, count, new Cause.ByUser("lab"));
    }

    private Step pipelineBody() {
        Step node = new Step.InNode(label, Step.lasting(duration));
        if (branches == 1) {
            return node;
        }
        List<Step.Branch> parallel = new ArrayList<>();
        for (int i = 1; i <= branches; i++) {
            parallel.add(new Step.Branch("branch-" + i, node));
        }
        return new Step.Parallel(parallel);
    }
}
