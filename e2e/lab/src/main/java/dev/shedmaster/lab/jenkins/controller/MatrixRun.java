package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A matrix's build at work: one child for each label of its axis. Guarded by the controller's lock. */
final class MatrixRun {
    private final Build parent;
    private final BiConsumer<Build, Result> finished;
    private final List<Long> children = new ArrayList<>();
    private int left;
    private Result worst = Result.SUCCESS;

    MatrixRun(Build parent, BiConsumer<Build, Result> finished) {
        this.parent = parent;
        this.finished = finished;
    }

    void start(Dispatcher dispatcher, Executions executions) {
        JobDefinition definition = parent.job().definition();
        left = definition.axis().size();
        if (left == 0) {
            finished.accept(parent, worst);
        }
        for (String label : definition.axis()) {
            Job child = parent.job()
                    .configurationFor(
                            "label=" + label,
                            new JobDefinition(
                                    JobKind.MATRIX_CONFIGURATION,
                                    label,
                                    definition.body(),
                                    List.of(),
                                    true,
                                    null,
                                    0,
                                    Map.of(),
                                    null));
            QueueItem item = dispatcher.submit(
                    new Task.OfJob(child),
                    parent.entry().parameters(),
                    List.of(new Cause.ByUpstream(parent.job().name(), parent.number())),
                    Duration.ZERO);
            children.add(item.id());
            executions.onEnd(item.id(), this::childEnded);
        }
    }

    private void childEnded(Result result) {
        worst = worst.and(result);
        left--;
        if (left == 0) {
            finished.accept(parent, worst);
        }
    }

    /** The children's items. */
    List<Long> children() {
        return List.copyOf(children);
    }
}
