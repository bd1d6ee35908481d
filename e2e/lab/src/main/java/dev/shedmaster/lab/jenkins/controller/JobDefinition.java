package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job as it was configured.
 *
 * @param label the label expression as typed, for jobs that need an executor themselves; null for any node
 * @param body what a build does
 * @param axis the label expressions of a matrix's children; empty for other jobs
 * @param concurrent whether builds may run beside each other
 * @param lock a resource that only one build of all jobs may hold; null for none
 * @param throttle how many builds may run beside each other; 0 for any number
 * @param parameters the parameters' defaults by name; empty for a job without parameters
 * @param quietPeriod the job's own quiet period; null for the controller's
 */
public record JobDefinition(
        JobKind kind,
        @Nullable String label,
        Step body,
        List<String> axis,
        boolean concurrent,
        @Nullable String lock,
        int throttle,
        Map<String, String> parameters,
        @Nullable Duration quietPeriod) {

    public JobDefinition {
        axis = List.copyOf(axis);
    }

    /** A job that needs one executor. */
    public static JobDefinition freestyle(@Nullable String label, Step body) {
        return new JobDefinition(JobKind.FREESTYLE, label, body, List.of(), false, null, 0, Map.of(), null);
    }

    /** A job whose node steps need executors. */
    public static JobDefinition pipeline(Step body) {
        return new JobDefinition(JobKind.PIPELINE, null, body, List.of(), true, null, 0, Map.of(), null);
    }

    /** The same, whose builds may run beside each other, told apart by a parameter. */
    public JobDefinition concurrentWith(Map<String, String> parameters) {
        return new JobDefinition(kind, label, body, axis, true, lock, throttle, parameters, quietPeriod);
    }
}
