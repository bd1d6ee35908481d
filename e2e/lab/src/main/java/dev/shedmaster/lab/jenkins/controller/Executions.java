package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What executors are busy with, from the moment they are given an item until it ends or is lost. Guarded by the
 * controller's lock.
 */
final class Executions {
    private final Guard guard;
    private final Settings settings;
    private final LabelIndex labels;
    private final Nodes nodes;
    private final BuildQueue queue;
    private final Admission admission;
    private final Runnable somethingEnded;
    private final Map<Long, Execution> byQueueId = new HashMap<>();
    private final Map<Build, Execution> byBuild = new HashMap<>();
    private final Map<Long, Consumer<Result>> completions = new HashMap<>();
    private final Map<Long, Execution> withoutExecutor = new LinkedHashMap<>();
    private long nextId = 1;

    Executions(
            Guard guard,
            Settings settings,
            LabelIndex labels,
            Nodes nodes,
            BuildQueue queue,
            Admission admission,
            Runnable somethingEnded) {
        this.guard = guard;
        this.settings = settings;
        this.labels = labels;
        this.nodes = nodes;
        this.queue = queue;
        this.admission = admission;
        this.somethingEnded = somethingEnded;
    }

    /** Whom to tell how an item's work ended. */
    void onEnd(long queueId, Consumer<Result> listener) {
        completions.put(queueId, listener);
    }

    /** An item's work ended, or will never begin. */
    void tellEnd(QueueEntry entry, Result result) {
        withoutExecutor.remove(entry.id());
        Consumer<Result> listener = completions.remove(entry.id());
        if (listener != null) {
            listener.accept(result);
        }
    }

    /** Gives an item to a computer that has a free executor. */
    void assign(QueueItem.Buildable item, Computer computer) {
        Execution lost = withoutExecutor.remove(item.id());
        if (lost != null) {
            goOn(lost, item, computer);
            return;
        }
        Task task = item.task();
        Work work = task instanceof Task.OfPipeline step
                ? step.step().work()
                : task.job().definition().body().work();
        Execution execution = new Execution(nextId++, item.entry(), work, computer);
        occupy(execution, item);
        AgentChannel channel = computer.channel();
        if (channel != null) {
            channel.run(execution.id(), work, task.durable());
        } else {
            started(execution);
            var _ = guard.after(work.duration(), () -> ended(execution, work.result()));
        }
    }

    private void occupy(Execution execution, QueueItem.Buildable item) {
        Computer computer = execution.computer();
        computer.occupy(execution);
        labels.refresh(computer);
        queue.assign(item);
        byQueueId.put(item.id(), execution);
    }

    /** A step has an executor again. Its agent went on with it all the time; what ended meanwhile is known at once. */
    private void goOn(Execution lost, QueueItem.Buildable item, Computer computer) {
        lost.agentIsBack();
        Execution execution = lost.goesOn(item.entry(), computer);
        occupy(execution, item);
        queue.leave(item.entry(), Objects.requireNonNull(execution.build()), guard.now());
        Result reported = lost.reported();
        if (reported != null) {
            var _ = guard.after(Duration.ZERO, () -> ended(execution, reported));
        }
    }

    /** The executor has begun. */
    void started(Execution execution) {
        if (execution.build() != null) {
            return;
        }
        long now = guard.now();
        QueueEntry entry = execution.entry();
        Computer computer = execution.computer();
        Build build = entry.task() instanceof Task.OfPipeline step
                ? step.run()
                : entry.task().job().begin(entry, now);
        execution.started(build, now);
        if (entry.task() instanceof Task.OfJob) {
            build.on(computer.isBuiltIn() ? "" : computer.name());
            byBuild.put(build, execution);
        }
        queue.leave(entry, build, now);
        entry.record().started(computer.displayName(), build.number(), now);
    }

    /** The executor is done; does nothing when that is known already. */
    void ended(Execution execution, Result result) {
        Computer computer = execution.computer();
        if (!computer.free(execution)) {
            return;
        }
        execution.agentIsBack();
        labels.refresh(computer);
        nodes.removeIfDone(computer);
        QueueEntry entry = execution.entry();
        byQueueId.remove(entry.id());
        long now = guard.now();
        entry.record().finished(result, now);
        Build build = execution.build();
        if (build != null && entry.task() instanceof Task.OfJob) {
            byBuild.remove(build);
            build.finish(result, now);
        }
        admission.release(entry.task());
        tellEnd(entry, result);
        somethingEnded.run();
    }

    /** Ends an execution before its time and tells the agent. */
    void stop(Execution execution) {
        AgentChannel channel = execution.computer().channel();
        if (channel != null) {
            channel.abort(execution.id());
        }
        if (execution.build() == null) {
            started(execution);
        }
        ended(execution, Result.ABORTED);
    }

    @Nullable
    Execution ofItem(long queueId) {
        return byQueueId.get(queueId);
    }

    @Nullable
    Execution ofBuild(Build build) {
        return byBuild.get(build);
    }

    /** A computer's agent is gone. What is durable keeps its executor and waits for the agent. */
    void agentLost(Computer computer) {
        giveUp(computer, Result.FAILURE, execution -> {
            Duration patience = settings.lostAgentTimeout();
            execution.awaitAgent(guard.after(patience, () -> ended(execution, Result.FAILURE)));
        });
    }

    /**
     * The controller restarts, after which a computer's executors are empty.
     *
     * @param durable what becomes of a durable execution, which has no executor any more
     */
    void restarted(Computer computer, Consumer<Execution> durable) {
        giveUp(computer, Result.ABORTED, execution -> {
            computer.free(execution);
            byQueueId.remove(execution.entry().id());
            completions.remove(execution.entry().id());
            durable.accept(execution);
        });
    }

    /** What had not begun goes back to the queue; what is not durable ends. */
    private void giveUp(Computer computer, Result otherwise, Consumer<Execution> durable) {
        for (Execution execution : computer.executions()) {
            if (execution.build() == null) {
                computer.free(execution);
                byQueueId.remove(execution.entry().id());
                queue.giveBack(execution.entry());
            } else if (execution.task().durable()) {
                durable.accept(execution);
            } else {
                ended(execution, otherwise);
            }
        }
        labels.refresh(computer);
        nodes.removeIfDone(computer);
        somethingEnded.run();
    }

    /** An item asks for an executor for what has lost its own in a restart. */
    void awaitExecutor(long queueId, Execution lost) {
        withoutExecutor.put(queueId, lost);
    }

    /** What has lost its executor in a restart, by the item that asks for another. */
    Map<Long, Execution> withoutExecutor() {
        return withoutExecutor;
    }

    /** An agent is done with something, which may have lost its executor. */
    void reported(String node, long id, Result result) {
        withoutExecutor.values().stream()
                .filter(lost -> lost.id() == id && lost.computer().name().equals(node))
                .forEach(lost -> lost.report(result));
    }

    /** An agent is back and says what it still knows of; what it does not know is lost, what we do not know it drops. */
    void agentKnows(Computer computer, AgentChannel channel, Set<Long> known) {
        for (Execution execution : computer.executions()) {
            if (!execution.isAwaited()) {
                continue;
            }
            if (known.contains(execution.id())) {
                execution.agentIsBack();
            } else {
                ended(execution, Result.FAILURE);
            }
        }
        Set<Long> lost = new HashSet<>();
        for (Execution execution : withoutExecutor.values()) {
            if (execution.computer().name().equals(computer.name())) {
                lost.add(execution.id());
                if (!known.contains(execution.id())) {
                    execution.report(Result.FAILURE);
                }
            }
        }
        for (long id : known) {
            if (computer.execution(id) == null && !lost.contains(id)) {
                channel.abort(id);
            }
        }
    }
}
