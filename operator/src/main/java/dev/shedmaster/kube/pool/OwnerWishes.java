package dev.shedmaster.kube.pool;

import dev.shedmaster.api.v1alpha1.JenkinsBinding;
import dev.shedmaster.api.v1alpha1.Lifecycle;
import dev.shedmaster.api.v1alpha1.WorkerPool;
import dev.shedmaster.core.worker.WorkerRules;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a pool's owner wants of workers that are there already. It follows from the spec alone: it holds from the first
 * moment after a restart, and while something that new workers are made from cannot be read.
 *
 * @param rules by which the pool's workers live
 * @param slotsPerWorker how many jobs one worker runs at a time
 */
public record OwnerWishes(WorkerRules rules, int slotsPerWorker) {
    /** Of a worker whose pool is not there. */
    public static final OwnerWishes USUAL = new OwnerWishes(WorkerRules.DEFAULT, 1);

    public static OwnerWishes of(WorkerPool pool) {
        return new OwnerWishes(rules(pool), slotsPerWorker(pool));
    }

    private static WorkerRules rules(WorkerPool pool) {
        Lifecycle lifecycle = pool.getSpec().lifecycle();
        WorkerRules usual = WorkerRules.DEFAULT;
        return new WorkerRules(
                span(lifecycle.createTimeout()).orElse(usual.createTimeout()),
                Spans.duration(lifecycle.bootTimeout()),
                Spans.duration(lifecycle.registrationTimeout()),
                usual.silenceTimeout(),
                usual.deleteTimeout(),
                span(lifecycle.drainTimeout()),
                span(lifecycle.maxAge()),
                lifecycle.maxJobs() == null ? OptionalInt.empty() : OptionalInt.of(lifecycle.maxJobs()),
                Spans.duration(lifecycle.keepFailedFor()));
    }

    static int slotsPerWorker(WorkerPool pool) {
        JenkinsBinding jenkins = pool.getSpec().ci().jenkins();
        return jenkins == null ? 1 : jenkins.executors();
    }

    private static Optional<Duration> span(@Nullable String text) {
        return Optional.ofNullable(text).map(Spans::duration);
    }
}
