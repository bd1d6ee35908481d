package dev.shedmaster.lab.jenkins.controller;

import org.jspecify.annotations.Nullable;

/** What waits in the queue. */
public sealed interface Task {

    /** A build of a job. */
    record OfJob(Job job) implements Task {
        @Override
        public @Nullable String label() {
            return job.definition().label();
        }
    }

    /**
     * One node step of a Pipeline's run.
     *
     * @param node where it ran when the controller restarted, which is the only node for it from then on; null before
     */
    record OfPipeline(
            Build run, PipelineStep step, @Nullable String node) implements Task {
        @Override
        public Job job() {
            return run.job();
        }

        @Override
        public @Nullable String label() {
            return node != null ? node : step.label();
        }
    }

    /** The job that must be readable to see the task. */
    Job job();

    /** The label expression that a node must satisfy; null for any node. */
    @Nullable
    String label();

    /** Whether it takes no executor. */
    default boolean flyweight() {
        return this instanceof OfJob(Job job) && job.kind().flyweight();
    }

    /** Whether it survives the loss of its agent's connection for a while. */
    default boolean durable() {
        return this instanceof OfPipeline;
    }

    /** Whether it has begun already, and asks for its executor again. */
    default boolean continued() {
        return this instanceof OfPipeline step && step.node() != null;
    }
}
