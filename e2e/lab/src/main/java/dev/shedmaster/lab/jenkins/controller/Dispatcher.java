package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Moves the queue on: out of the quiet period, past what holds items back, onto executors. Reviews it after events and
 * at an interval. Guarded by the controller's lock.
 */
final class Dispatcher implements PipelineRun.Host {
    private final Guard guard;
    private final Settings settings;
    private final LabelIndex labels;
    private final Nodes nodes;
    private final BuildQueue queue;
    private final Admission admission = new Admission();
    private final Executions executions;
    private final History history;
    private final Map<Build, PipelineRun> runs = new HashMap<>();
    private final Map<Build, MatrixRun> matrices = new HashMap<>();
    private final Map<PipelineStep, Long> stepIds = new HashMap<>();
    private boolean reviewDue;
    private boolean quietingDown;
    private boolean suspended;

    Dispatcher(Guard guard, Settings settings, LabelIndex labels, Nodes nodes, BuildQueue queue, History history) {
        this.guard = guard;
        this.settings = settings;
        this.labels = labels;
        this.nodes = nodes;
        this.queue = queue;
        this.history = history;
        executions = new Executions(guard, settings, labels, nodes, queue, admission, this::reviewSoon);
    }

    Executions executions() {
        return executions;
    }

    Admission admission() {
        return admission;
    }

    /** Queues a task, or finds the queued one that it would double. */
    QueueItem submit(Task task, Map<String, String> parameters, List<Cause> causes, @Nullable Duration quietPeriod) {
        QueueItem queued = queue.duplicate(task, parameters);
        if (queued != null) {
            return queued;
        }
        long now = guard.now();
        Duration quiet = quietPeriod != null ? quietPeriod : quietPeriodOf(task.job());
        QueueItem.Waiting item = queue.enter(task, parameters, causes, now, now + quiet.toMillis());
        if (!task.flyweight()) {
            history.add(item.entry().record());
        }
        if (quiet.isZero()) {
            reviewSoon();
        }
        return item;
    }

    private Duration quietPeriodOf(Job job) {
        Duration own = job.definition().quietPeriod();
        return own != null ? own : settings.quietPeriod();
    }

    /** Takes an item back; false when it is too late. */
    boolean cancel(long id) {
        QueueItem item = queue.item(id);
        boolean tooLate = switch (item) {
            case null -> true;
            case QueueItem.Left left -> true;
            case QueueItem.Buildable buildable -> buildable.pending();
            case QueueItem.Waiting waiting -> false;
            case QueueItem.Blocked blocked -> false;
        };
        if (item == null || tooLate) {
            return false;
        }
        queue.cancel(item.entry(), guard.now());
        if (item instanceof QueueItem.Buildable) {
            admission.release(item.task());
        }
        executions.tellEnd(item.entry(), Result.ABORTED);
        reviewSoon();
        return true;
    }

    /** Has the queue reviewed as soon as what is going on now is done; many events bring one review. */
    void reviewSoon() {
        if (!reviewDue) {
            reviewDue = true;
            var _ = guard.after(Duration.ZERO, this::review);
        }
    }

    void review() {
        reviewDue = false;
        if (suspended) {
            return;
        }
        long now = guard.now();
        for (QueueItem.Waiting item = queue.due(now); item != null; item = queue.due(now)) {
            admitOrHold(item, now);
        }
        admission.takeReleased().forEach(key -> reviewHeld(key, now));
        if (!quietingDown) {
            queue.flyweights().forEach(this::startFlyweight);
            giveOut();
        }
        queue.expire(now);
    }

    private boolean admitOrHold(QueueItem item, long now) {
        Admission.Hold hold = admission.hold(item.task(), now);
        if (hold == null) {
            admission.admit(item.task());
            queue.release(item, now);
            return true;
        }
        boolean moved = !(item instanceof QueueItem.Blocked held) || !held.key().equals(hold.key());
        if (moved) {
            queue.block(item, hold.key(), now);
        }
        return moved;
    }

    /** Oldest first; when one must go on waiting for this, so must those behind it. */
    private void reviewHeld(String key, long now) {
        QueueItem.Blocked held = queue.firstBlocked(key);
        while (held != null && admitOrHold(held, now)) {
            held = queue.firstBlocked(key);
        }
    }

    /** Gives free executors to items, the oldest item of all labels first. */
    private void giveOut() {
        PriorityQueue<LabelGroup> groups = labels.withWork();
        while (!groups.isEmpty()) {
            LabelGroup group = groups.remove();
            if (group.hasWork()) {
                executions.assign(group.first(), group.firstAvailable());
                if (group.hasWork()) {
                    groups.add(group);
                }
            }
        }
    }

    private void startFlyweight(QueueItem.Buildable item) {
        long now = guard.now();
        Job job = item.task().job();
        Build build = job.begin(item.entry(), now);
        queue.leave(item.entry(), build, now);
        nodes.builtIn().oneOffs().put(build, now);
        if (job.kind() == JobKind.MATRIX) {
            MatrixRun run = new MatrixRun(build, this::finished);
            matrices.put(build, run);
            run.start(this, executions);
        } else {
            PipelineRun run = new PipelineRun(build, this);
            runs.put(build, run);
            run.start(job.definition().body());
        }
    }

    /** Ends a running build before its time. */
    void stop(Build build) {
        PipelineRun run = runs.get(build);
        MatrixRun matrix = matrices.get(build);
        Execution execution = executions.ofBuild(build);
        if (run != null) {
            run.abort();
        } else if (matrix != null) {
            matrix.children().forEach(this::stopItem);
        } else if (execution != null) {
            executions.stop(execution);
        }
    }

    @Override
    public void enqueue(Build run, PipelineStep step) {
        follow(step, submit(new Task.OfPipeline(run, step, null), Map.of(), List.of(), Duration.ZERO));
    }

    private void follow(PipelineStep step, QueueItem item) {
        stepIds.put(step, item.id());
        executions.onEnd(item.id(), result -> {
            stepIds.remove(step);
            step.ended(result);
        });
    }

    @Override
    public void stop(PipelineStep step) {
        Long id = stepIds.get(step);
        if (id != null) {
            stopItem(id);
        }
    }

    /** Takes an item back, or ends what it has become. */
    private void stopItem(long id) {
        if (!cancel(id)) {
            Execution execution = executions.ofItem(id);
            if (execution != null) {
                executions.stop(execution);
            }
        }
    }

    @Override
    public void later(Duration delay, Runnable then) {
        var _ = guard.after(delay, then);
    }

    @Override
    public void finished(Build run, Result result) {
        run.finish(result, guard.now());
        runs.remove(run);
        matrices.remove(run);
        nodes.builtIn().oneOffs().remove(run);
        admission.release(run.entry().task());
        reviewSoon();
    }

    boolean isQuietingDown() {
        return quietingDown;
    }

    void quietDown(boolean wanted) {
        quietingDown = wanted;
        reviewSoon();
    }

    /**
     * The controller restarts and does not move the queue during the outage. Builds that are not a Pipeline's are aborted;
     * each step of a Pipeline waits in the queue for the node that it was on, and is aborted when it does not get it in
     * time.
     */
    void restart(Duration outage) {
        suspended = true;
        for (Computer computer : nodes.all()) {
            if (!computer.isBuiltIn()) {
                executions.restarted(computer, this::enqueueAgain);
            }
        }
        Duration patience = settings.lostAgentTimeout().plus(outage);
        executions.withoutExecutor().forEach((id, lost) -> lost.awaitAgent(guard.after(patience, () -> cancel(id))));
        var _ = guard.after(outage, () -> {
            suspended = false;
            reviewSoon();
        });
    }

    private void enqueueAgain(Execution lost) {
        if (lost.task() instanceof Task.OfPipeline(Build run, PipelineStep step, String before)) {
            Task again = new Task.OfPipeline(run, step, lost.computer().name());
            QueueItem item = queue.enterAgain(lost.entry(), again, guard.now());
            executions.awaitExecutor(item.id(), lost);
            follow(step, item);
        }
    }
}
