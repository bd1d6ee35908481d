package dev.shedmaster.lab.jenkins.controller;

import dev.shedmaster.lab.jenkins.controller.Views.ComputerView;
import dev.shedmaster.lab.jenkins.controller.Views.ExecutorView;
import dev.shedmaster.lab.jenkins.controller.Views.ItemView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes pictures of the state. What is the same for many items, the reason why they wait above all, is found once in
 * a picture. Guarded by the controller's lock.
 */
final class Observer {
    private static final long LEAST_STUCK = 10 * 60 * 1000L;
    private static final long STUCK_WITHOUT_ESTIMATE = 25 * 60 * 60 * 1000L;

    private final LabelIndex labels;
    private final Nodes nodes;
    private final Dispatcher dispatcher;
    private final long now;
    private final Map<LabelGroup, Why> whys = new HashMap<>();
    private final Map<String, Why> holds = new HashMap<>();
    private @Nullable String lastLabel;
    private @Nullable LabelGroup lastGroup;

    Observer(LabelIndex labels, Nodes nodes, Dispatcher dispatcher, long now) {
        this.labels = labels;
        this.nodes = nodes;
        this.dispatcher = dispatcher;
        this.now = now;
    }

    ItemView item(QueueItem item) {
        return switch (item) {
            case QueueItem.Waiting(QueueEntry entry, long timestamp) -> new ItemView(item, quiet(timestamp), false);
            case QueueItem.Blocked(QueueEntry entry, long since, String key) -> new ItemView(item, hold(item), false);
            case QueueItem.Buildable buildable -> {
                LabelGroup group = group(item.task().label());
                yield new ItemView(item, whys.computeIfAbsent(group, this::why), stuck(buildable, group));
            }
            case QueueItem.Left left -> new ItemView(item, null, false);
        };
    }

    private Why quiet(long until) {
        return until >= now
                ? Why.because(Why.Text.QUIET_PERIOD, TimeSpan.of(until - now))
                : Why.because(Why.Text.FINISHED_WAITING);
    }

    private Why hold(QueueItem item) {
        return holds.computeIfAbsent(item.task().job().path(), same -> {
            Admission.Hold hold = dispatcher.admission().hold(item.task(), now);
            return hold == null ? Why.because(Why.Text.FINISHED_WAITING) : hold.why();
        });
    }

    private LabelGroup group(@Nullable String label) {
        LabelGroup group = lastGroup;
        if (group == null || !Objects.equals(label, lastLabel)) {
            group = labels.group(label, now);
            lastGroup = group;
            lastLabel = label;
        }
        return group;
    }

    private boolean stuck(QueueItem.Buildable item, LabelGroup group) {
        if (group.text() != null && group.offline()) {
            return true;
        }
        long estimate = item.task().job().estimatedDuration();
        long waited = now - item.buildableSince();
        return estimate < 0 ? waited >= STUCK_WITHOUT_ESTIMATE : waited > Math.max(10 * estimate, LEAST_STUCK);
    }

    /** The controller's order of decision. Without any agent a label says nothing to it. */
    private Why why(LabelGroup group) {
        if (dispatcher.isQuietingDown()) {
            return Why.because(Why.Text.ABOUT_TO_SHUT_DOWN);
        }
        if (group.text() == null || nodes.defined() == 0) {
            return labels.everything().capacity().idle() > 0
                    ? new Why.Together(refusals(group))
                    : Why.because(Why.Text.NEXT_EXECUTOR);
        }
        boolean single = group.nodes().size() == 1;
        String node = single ? group.nodes().iterator().next().displayName() : "";
        if (group.offline()) {
            if (single) {
                return Why.because(Why.Text.NODE_OFFLINE, node);
            }
            return group.nodes().isEmpty()
                    ? Why.because(Why.Text.LABEL_HAS_NO_NODES, group.printed())
                    : Why.because(Why.Text.ALL_NODES_OFFLINE, group.printed());
        }
        return Why.because(Why.Text.NEXT_EXECUTOR_ON, single ? node : group.printed());
    }

    private List<Why> refusals(LabelGroup group) {
        List<Why> refusals = new ArrayList<>();
        for (Computer computer : labels.everything().available()) {
            String name = computer.isBuiltIn() ? "Jenkins" : computer.name();
            if (!group.accepts(computer)) {
                refusals.add(
                        group.text() == null
                                ? Why.because(Why.Text.NODE_IS_RESERVED, name)
                                : Why.because(Why.Text.LABEL_MISSING, name, group.printed()));
            }
        }
        return refusals.isEmpty() ? List.of(Why.because(Why.Text.NEXT_EXECUTOR)) : refusals;
    }

    static ComputerView computer(Computer computer) {
        List<ExecutorView> executors = new ArrayList<>();
        for (Execution execution : computer.executors()) {
            executors.add(
                    execution == null
                            ? new ExecutorView(executors.size(), true, null, null, 0)
                            : busy(executors.size(), execution));
        }
        List<ExecutorView> oneOffs = new ArrayList<>();
        computer.oneOffs().forEach((build, since) -> oneOffs.add(new ExecutorView(-1, false, build, null, since)));
        return new ComputerView(
                computer.name(),
                computer.displayName(),
                computer.isBuiltIn(),
                computer.isDeleted(),
                computer.config(),
                computer.labels(),
                computer.configuredExecutors(),
                executors,
                oneOffs,
                computer.isIdle(),
                computer.isOffline(),
                computer.isTemporarilyOffline(),
                computer.offlineCause(),
                computer.everConnected(),
                computer.channel() != null);
    }

    private static ExecutorView busy(int number, Execution execution) {
        PipelineStep step = execution.task() instanceof Task.OfPipeline task ? task.step() : null;
        return new ExecutorView(number, false, execution.build(), step, execution.startedAt());
    }
}
