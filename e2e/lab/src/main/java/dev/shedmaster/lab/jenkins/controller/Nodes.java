package dev.shedmaster.lab.jenkins.controller;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The computers by name: the built-in one, the nodes', and those whose node is gone. Guarded by the controller's lock. */
final class Nodes {
    private final LabelIndex labels;
    private final Computer builtIn;
    private final Map<String, Computer> byName = new LinkedHashMap<>();
    private int defined;

    Nodes(LabelIndex labels, int builtInExecutors) {
        this.labels = labels;
        builtIn = Computer.builtIn(builtInExecutors);
        byName.put(builtIn.name(), builtIn);
        labels.matched(builtIn);
    }

    Computer builtIn() {
        return builtIn;
    }

    /** By the name in an address, the built-in node's older name too. */
    @Nullable
    Computer find(String name) {
        return byName.get(name.equals("(master)") ? Computer.BUILT_IN : name);
    }

    boolean isDefined(String name) {
        Computer computer = byName.get(name);
        return computer != null && !computer.isDeleted();
    }

    /** Defines a node; one whose last build still holds on takes its computer over. */
    void define(NodeConfig config) {
        Computer remains = byName.get(config.name());
        if (remains == null) {
            remains = Computer.of(config);
            byName.put(config.name(), remains);
            defined++;
        } else {
            defined += remains.isDeleted() ? 1 : 0;
            remains.configure(config);
        }
        labels.matched(remains);
    }

    /** Deletes a node; its computer stays while something holds an executor. */
    void delete(Computer computer) {
        if (!computer.isDeleted()) {
            labels.forget(computer);
            computer.delete();
            defined--;
        }
        removeIfDone(computer);
    }

    void removeIfDone(Computer computer) {
        if (computer.isDeleted() && computer.isIdle()) {
            byName.remove(computer.name());
        }
    }

    /** How many nodes are defined, the built-in one aside. */
    int defined() {
        return defined;
    }

    List<Computer> all() {
        return new ArrayList<>(byName.values());
    }
}
