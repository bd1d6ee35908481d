package dev.shedmaster.lab.jenkins.controller;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds items back although executors may be free: a build of the same job, a lock, a throttle. Guarded by the
 * controller's lock.
 */
final class Admission {

    /**
     * A reason to hold an item back.
     *
     * @param key what must be released for another try to make sense
     */
    record Hold(Why why, String key) {}

    private final Map<String, Integer> admitted = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>();
    private final Set<String> released = new HashSet<>();

    /** Why a task may not wait for an executor now; null if it may. */
    @Nullable
    Hold hold(Task task, long now) {
        if (!(task instanceof Task.OfJob(Job job))) {
            return null;
        }
        JobDefinition definition = job.definition();
        if (!definition.concurrent() && count(jobKey(job)) > 0) {
            return new Hold(inProgress(job, now), jobKey(job));
        }
        if (definition.lock() != null && count(lockKey(definition.lock())) > 0) {
            String holder = holders.getOrDefault(lockKey(definition.lock()), "?");
            return new Hold(
                    new Why.Plugin("Waiting for resource [" + definition.lock() + "], held by " + holder),
                    lockKey(definition.lock()));
        }
        int running = count(jobKey(job));
        if (definition.throttle() > 0 && running >= definition.throttle()) {
            return new Hold(new Why.Plugin("Throttled: " + running + " builds of this job run already"), jobKey(job));
        }
        return null;
    }

    private static Why inProgress(Job job, long now) {
        for (Build build : job.builds()) {
            if (build.building()) {
                long estimate = job.estimatedDuration();
                long left = build.startedAt() + estimate - now;
                String eta = estimate < 0 || left <= 0 ? "N/A" : TimeSpan.of(left);
                return Why.because(Why.Text.BUILD_IN_PROGRESS, build.number(), eta);
            }
        }
        return Why.because(Why.Text.IN_PROGRESS);
    }

    /** A task may wait for an executor, and holds what it needs from now on. */
    void admit(Task task) {
        if (task instanceof Task.OfJob(Job job)) {
            admitted.merge(jobKey(job), 1, Integer::sum);
            String lock = job.definition().lock();
            if (lock != null) {
                admitted.merge(lockKey(lock), 1, Integer::sum);
                holders.put(lockKey(lock), job.name());
            }
        }
    }

    /** A task ended or was taken back. */
    void release(Task task) {
        if (task instanceof Task.OfJob(Job job)) {
            release(jobKey(job));
            String lock = job.definition().lock();
            if (lock != null) {
                release(lockKey(lock));
            }
        }
    }

    private void release(String key) {
        admitted.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
        released.add(key);
    }

    /** What was released since the last call. */
    Set<String> takeReleased() {
        Set<String> taken = new HashSet<>(released);
        released.clear();
        return taken;
    }

    private int count(String key) {
        return admitted.getOrDefault(key, 0);
    }

    private static String jobKey(Job job) {
        return "job " + job.path();
    }

    private static String lockKey(String lock) {
        return "lock " + lock;
    }
}
