package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Jobs and builds: define, ask for, stop, delete. */
public final class JobDesk {
    private final Guard guard;
    private final BuildQueue queue;
    private final Dispatcher dispatcher;
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    JobDesk(Guard guard, BuildQueue queue, Dispatcher dispatcher) {
        this.guard = guard;
        this.queue = queue;
        this.dispatcher = dispatcher;
    }

    /** The jobs in the order of their creation, less a matrix's children. */
    public List<Job> all() {
        return guard.get(() -> new ArrayList<>(jobs.values()));
    }

    public Optional<Job> find(String name) {
        return guard.get(() -> Optional.ofNullable(jobs.get(name)));
    }

    /** Creates a job; empty when there is one of that name. */
    public Optional<Job> create(String name, String path, JobDefinition definition, String configXml) {
        return guard.get(() -> {
            if (jobs.containsKey(name)) {
                return Optional.empty();
            }
            Job job = new Job(name, path, definition, configXml);
            jobs.put(name, job);
            return Optional.of(job);
        });
    }

    public void configure(Job job, JobDefinition definition, String configXml) {
        guard.run(() -> job.configure(definition, configXml));
    }

    /** Deletes a job and takes its items from the queue; builds that run are stopped. */
    public void delete(Job job) {
        guard.run(() -> {
            jobs.remove(job.name());
            for (QueueItem item : queue.items()) {
                if (item.task().job() == job) {
                    dispatcher.cancel(item.id());
                }
            }
            job.builds().stream().filter(Build::building).forEach(dispatcher::stop);
        });
    }

    /**
     * Asks for a build.
     *
     * @param parameters as given; those that are missing have their defaults
     * @param quietPeriod null for the job's own
     * @return the item's number, which may be that of an equal one
     */
    public long build(Job job, Map<String, String> parameters, Cause cause, @Nullable Duration quietPeriod) {
        return guard.get(() -> {
            Map<String, String> all = new LinkedHashMap<>(job.definition().parameters());
            parameters.forEach((name, value) -> all.computeIfPresent(name, (same, old) -> value));
            return dispatcher
                    .submit(new Task.OfJob(job), all, List.of(cause), quietPeriod)
                    .id();
        });
    }

    /** Asks for many builds at once, told apart by the one parameter that the job has. */
    public List<Long> buildMany(Job job, String parameter, int count, Cause cause) {
        return guard.get(() -> {
            List<Long> ids = new ArrayList<>(count);
            for (int i = 1; i <= count; i++) {
                ids.add(build(job, Map.of(parameter, String.valueOf(i)), cause, Duration.ZERO));
            }
            return ids;
        });
    }

    /** Stops a build; does nothing when it has ended. */
    public void stop(Build build) {
        guard.run(() -> dispatcher.stop(build));
    }
}
