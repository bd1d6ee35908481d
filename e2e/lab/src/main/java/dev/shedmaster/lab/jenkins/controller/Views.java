package dev.shedmaster.lab.jenkins.controller;

import dev.shedmaster.lab.jenkins.label.LabelExpression;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the controller shows of itself: copies that do not change, taken in one moment. */
public final class Views {

    private Views() {}

    /**
     * An item of the queue.
     *
     * @param why why it waits; null when it waits no more
     */
    public record ItemView(QueueItem item, @Nullable Why why, boolean stuck) {}

    /**
     * An executor.
     *
     * @param build the build that runs; null while there is none
     * @param step the Pipeline's step that runs, if it is one
     * @param since in milliseconds
     */
    public record ExecutorView(
            int number,
            boolean idle,
            @Nullable Build build,
            @Nullable PipelineStep step,
            long since) {}

    /**
     * A computer.
     *
     * @param deleted whether its node is gone
     * @param agentSeen whether an agent was ever connected
     * @param connected whether one is now
     */
    public record ComputerView(
            String name,
            String displayName,
            boolean builtIn,
            boolean deleted,
            @Nullable NodeConfig config,
            Set<String> labels,
            int numExecutors,
            List<ExecutorView> executors,
            List<ExecutorView> oneOffExecutors,
            boolean idle,
            boolean offline,
            boolean temporarilyOffline,
            @Nullable OfflineCause offlineCause,
            boolean agentSeen,
            boolean connected) {}

    /** All computers, with the totals of those that are online. */
    public record ComputersView(List<ComputerView> computers, int totalExecutors, int busyExecutors) {}

    /** A label and what it finds. */
    public record LabelView(
            String text,
            LabelExpression expression,
            int total,
            int busy,
            int idle,
            boolean offline,
            List<String> nodes,
            List<Job> tiedJobs,
            LoadView load) {}

    /** The averages of a label's load, by value. */
    public record LoadView(Map<LoadSeries.Value, LoadSeries.Histories> values) {}

    /** The controller as a whole. */
    public record RootView(List<Job> jobs, boolean quietingDown, int builtInExecutors) {}

    /** Counts and history for the lab's own eyes. */
    public record LabView(
            BuildQueue.Counts queue,
            int nodes,
            int onlineNodes,
            int totalExecutors,
            int busyExecutors,
            List<WorkRecord> work) {}
}
