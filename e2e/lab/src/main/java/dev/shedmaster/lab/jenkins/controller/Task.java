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

    /** One node step of a Pipeline's run. */
    record OfPipeline(Build run, PipelineStep step) implements Task {
        @Override
        public Job job() {
            return run.job();
        }

        @Override
        public @Nullable String label() {
            return step.label();
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
}
