package dev.shedmaster.port;

import java.util.List;

/**
 * The registration that a worker needs at its CI system before its machine starts.
 *
 * @param name unique for ever: a name is never used for a second worker, because its secret would be the same
 * @param labels what jobs can ask for
 * @param executors how many jobs at a time
 * @param exclusive take only jobs that name one of the labels
 * @param workDirectory an absolute path on the worker
 * @param description for a person who looks at the CI system's own pages
 * @param owner whose registration it is; kept with the registration, so that one that is left behind can be traced and
 *     nobody else's is touched
 */
public record AgentOrder(
        String name,
        List<String> labels,
        int executors,
        boolean exclusive,
        String workDirectory,
        String description,
        MachineOwner owner) {
    public AgentOrder {
        labels = List.copyOf(labels);
    }
}
