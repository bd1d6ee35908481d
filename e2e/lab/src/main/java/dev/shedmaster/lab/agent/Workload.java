package dev.shedmaster.lab.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The builds that an agent has in its hands. Guarded by the agent's lock. */
final class Workload {

    private static final class Running {
        private final boolean durable;
        private final Future<?> end;
        private @Nullable String result;

        private Running(boolean durable, Future<?> end) {
            this.durable = durable;
            this.end = end;
        }
    }

    private final Object lock;
    private final ScheduledExecutorService timer;
    private final Function<String, CompletableFuture<?>> controller;
    private final Map<Long, Running> builds = new LinkedHashMap<>();

    /** Telling the controller something succeeds when it is on its way. */
    Workload(Object lock, ScheduledExecutorService timer, Function<String, CompletableFuture<?>> controller) {
        this.lock = lock;
        this.timer = timer;
        this.controller = controller;
    }

    void run(long build, Duration duration, String result, boolean durable) {
        synchronized (lock) {
            Future<?> end = timer.schedule(() -> done(build, result), duration.toMillis(), TimeUnit.MILLISECONDS);
            builds.put(build, new Running(durable, end));
            var _ = controller.apply(AgentMessages.started(build));
        }
    }

    private void done(long build, String result) {
        synchronized (lock) {
            Running running = builds.get(build);
            if (running != null) {
                running.result = result;
                report(build, result);
            }
        }
    }

    /** What cannot be reported is kept until the connection is back. */
    private void report(long build, String result) {
        var _ = controller.apply(AgentMessages.done(build, result)).thenRun(() -> forget(build));
    }

    private void forget(long build) {
        synchronized (lock) {
            builds.remove(build);
        }
    }

    List<Long> known() {
        synchronized (lock) {
            return new ArrayList<>(builds.keySet());
        }
    }

    /** The connection is back: tells what has ended since it broke. */
    void reportWhatEnded() {
        synchronized (lock) {
            for (long build : known()) {
                Running running = builds.get(build);
                if (running != null && running.result != null) {
                    report(build, running.result);
                }
            }
        }
    }

    void abort(long build) {
        synchronized (lock) {
            Running running = builds.remove(build);
            if (running != null) {
                running.end.cancel(false);
            }
        }
    }

    /** The connection broke, and with it what runs through it. */
    void dropWhatIsNotDurable() {
        synchronized (lock) {
            known().stream().filter(build -> !isDurable(build)).forEach(this::abort);
        }
    }

    private boolean isDurable(long build) {
        Running running = builds.get(build);
        return running != null && running.durable;
    }

    void stop() {
        synchronized (lock) {
            known().forEach(this::abort);
        }
    }
}
