package dev.shedmaster.core.demand;

import java.time.Instant;

/**
 * A job that waits for a worker and for nothing else.
 *
 * @param source where it waits, as {@code namespace/name} of the CI system's object
 * @param id the CI system's own number or name of the queue item, unique within its source
 * @param name what a person calls it, such as {@code container/packages #12}
 * @param requirement what it asks of a worker
 * @param queuedAt since when it could have run
 */
public record QueuedJob(String source, String id, String name, Requirement requirement, Instant queuedAt) {}
