package dev.shedmaster.kube.worker;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a worker was brought.
 *
 * @param forgotten whether nothing of it is left, so that its object may go
 * @param lookAgainIn when to look again at the latest, null if only an event can change something
 */
record WorkerStep(boolean forgotten, @Nullable Duration lookAgainIn) {}
