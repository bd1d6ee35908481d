package dev.shedmaster.lab.jenkins.controller;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stays the same of an item while it passes through the queue.
 *
 * @param id never used again, not after a restart either
 * @param parameters in the order of the job's definition
 * @param inQueueSince in milliseconds
 * @param record what the lab remembers of it
 */
public record QueueEntry(
        long id, Task task, Map<String, String> parameters, List<Cause> causes, long inQueueSince, WorkRecord record) {

    public QueueEntry {
        // A copy that keeps the order, which Map.copyOf would not.
        parameters = new LinkedHashMap<>(parameters);
        causes = List.copyOf(causes);
    }
}
