package dev.shedmaster.core.planning;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much the jobs and agents of one CI system can be believed.
 *
 * @param name {@code namespace/name} of the CI system's object
 * @param lastReading when its queue was last read with success; null if never
 */
public record SourceView(String name, @Nullable Instant lastReading) {}
