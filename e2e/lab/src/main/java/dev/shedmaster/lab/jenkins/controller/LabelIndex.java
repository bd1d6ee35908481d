package dev.shedmaster.lab.jenkins.controller;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All demands on nodes that are in use, and which node satisfies which. Guarded by the controller's lock. */
final class LabelIndex {
    /** A label that nobody uses is forgotten after this time, as the controller trims its labels. */
    private static final long KEPT_UNUSED = 5 * 60 * 1000L;

    private final Map<String, LabelGroup> labelled = new HashMap<>();
    private final LabelGroup unlabelled = new LabelGroup(null);
    /** Not a demand, but all nodes: for totals. */
    private final LabelGroup everything = new LabelGroup(null);

    private final Set<Computer> computers = new HashSet<>();

    LabelGroup group(@Nullable String text, long now) {
        if (text == null) {
            return unlabelled;
        }
        LabelGroup group = labelled.computeIfAbsent(text, this::matched);
        group.used(now);
        return group;
    }

    private LabelGroup matched(String text) {
        LabelGroup group = new LabelGroup(text);
        for (Computer computer : computers) {
            join(group, computer);
        }
        return group;
    }

    private static void join(LabelGroup group, Computer computer) {
        if (group.accepts(computer)) {
            group.add(computer, computer.offered(), computer.free());
            computer.groups().add(group);
        }
    }

    /** A node has come, or its labels have changed. */
    void matched(Computer computer) {
        forget(computer);
        computers.add(computer);
        computer.offer();
        everything.add(computer, computer.offered(), computer.free());
        computer.groups().add(everything);
        join(unlabelled, computer);
        labelled.values().forEach(group -> join(group, computer));
    }

    void forget(Computer computer) {
        computers.remove(computer);
        computer.groups().forEach(group -> group.remove(computer, computer.offered()));
        computer.groups().clear();
    }

    /** A node's executors or its connection have changed. */
    void refresh(Computer computer) {
        LabelGroup.Capacity before = computer.offered();
        computer.offer();
        for (LabelGroup group : computer.groups()) {
            group.changed(computer, before, computer.offered(), computer.free());
        }
    }

    LabelGroup unlabelled() {
        return unlabelled;
    }

    LabelGroup everything() {
        return everything;
    }

    /** The demands that have both items and free executors, in the order of their oldest items. */
    PriorityQueue<LabelGroup> withWork() {
        PriorityQueue<LabelGroup> queue = new PriorityQueue<>(
                (a, b) -> Long.compare(a.first().order(), b.first().order()));
        if (unlabelled.hasWork()) {
            queue.add(unlabelled);
        }
        for (LabelGroup group : labelled.values()) {
            if (group.hasWork()) {
                queue.add(group);
            }
        }
        return queue;
    }

    int queueLength() {
        int length = unlabelled.queueLength();
        for (LabelGroup group : labelled.values()) {
            length += group.queueLength();
        }
        return length;
    }

    /** One tick of the statistics' clock. Of labels that print the same only one is counted, as the controller does. */
    void tick() {
        everything.tick(queueLength());
        unlabelled.tick(unlabelled.queueLength());
        Set<String> counted = new HashSet<>();
        for (LabelGroup group : labelled.values()) {
            if (!group.nodes().isEmpty() && counted.add(group.printed())) {
                group.tick(group.queueLength());
            }
        }
    }

    /** Forgets the labels that nobody uses. */
    void trim(long now) {
        Collection<LabelGroup> unused = new ArrayList<>();
        labelled.values().removeIf(group -> {
            boolean old = group.idleSince(now - KEPT_UNUSED);
            if (old) {
                unused.add(group);
            }
            return old;
        });
        if (!unused.isEmpty()) {
            computers.forEach(computer -> computer.groups().removeAll(unused));
        }
    }

    List<LabelGroup> all() {
        return new ArrayList<>(labelled.values());
    }
}
