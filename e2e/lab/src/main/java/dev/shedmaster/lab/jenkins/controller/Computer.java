package dev.shedmaster.lab.jenkins.controller;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The live side of a node: its executors and its agent's connection. Outlives the node while a Pipeline still holds
 * an executor. Guarded by the controller's lock.
 */
final class Computer {
    /** The built-in node's name in addresses. */
    static final String BUILT_IN = "(built-in)";

    private final String name;
    private final int builtInExecutors;
    private @Nullable NodeConfig config;
    private Set<String> labels = Set.of();
    private @Nullable Execution[] executors = new Execution[0];
    private final Map<Build, Long> oneOffs = new LinkedHashMap<>();
    private int busy;
    private @Nullable AgentChannel channel;
    private boolean everConnected;
    private @Nullable OfflineCause broken;
    private @Nullable OfflineCause temporary;
    private final List<LabelGroup> groups = new ArrayList<>();
    private LabelGroup.Capacity offered = LabelGroup.Capacity.NONE;

    private Computer(String name, int builtInExecutors) {
        this.name = name;
        this.builtInExecutors = builtInExecutors;
    }

    static Computer builtIn(int executors) {
        Computer computer = new Computer(BUILT_IN, executors);
        computer.labels = Set.of("built-in");
        computer.executors = new Execution[executors];
        return computer;
    }

    static Computer of(NodeConfig config) {
        Computer computer = new Computer(config.name(), 0);
        computer.configure(config);
        return computer;
    }

    /** Takes over a configuration; executors that are busy stay until they are done. */
    void configure(NodeConfig changed) {
        config = changed;
        Set<String> all = new LinkedHashSet<>(changed.labels());
        all.add(changed.name());
        labels = all;
        resize(changed.executors());
    }

    /** The node is gone; what is left is there for the work that still holds it. */
    void delete() {
        config = null;
        labels = Set.of();
        resize(0);
    }

    private void resize(int wanted) {
        @Nullable
        Execution[] kept =
                Arrays.stream(executors).filter(execution -> execution != null).toArray(Execution[]::new);
        executors = Arrays.copyOf(kept, Math.max(wanted, kept.length));
    }

    boolean isBuiltIn() {
        return name.equals(BUILT_IN);
    }

    String name() {
        return name;
    }

    /** The name that people see. */
    String displayName() {
        return isBuiltIn() ? "Built-In Node" : name;
    }

    @Nullable
    NodeConfig config() {
        return config;
    }

    boolean isDeleted() {
        return config == null && !isBuiltIn();
    }

    Mode mode() {
        return config == null ? Mode.NORMAL : config.mode();
    }

    Set<String> labels() {
        return labels;
    }

    int configuredExecutors() {
        return config == null ? builtInExecutors : config.executors();
    }

    @Nullable
    Execution[] executors() {
        return executors.clone();
    }

    List<Execution> executions() {
        List<Execution> running = new ArrayList<>();
        for (Execution execution : executors) {
            if (execution != null) {
                running.add(execution);
            }
        }
        return running;
    }

    @Nullable
    Execution execution(long id) {
        for (Execution execution : executors) {
            if (execution != null && execution.id() == id) {
                return execution;
            }
        }
        return null;
    }

    void occupy(Execution execution) {
        for (int i = 0; i < executors.length; i++) {
            if (executors[i] == null) {
                executors[i] = execution;
                busy++;
                return;
            }
        }
        throw new IllegalStateException("no executor of " + name + " is free");
    }

    /** Frees an executor; one that is more than the configuration wants goes. */
    boolean free(Execution execution) {
        for (int i = 0; i < executors.length; i++) {
            if (executors[i] == execution) {
                executors[i] = null;
                busy--;
                if (executors.length > configuredExecutors()) {
                    resize(configuredExecutors());
                }
                return true;
            }
        }
        return false;
    }

    /** The flyweight builds that it runs, with the time of their start. */
    Map<Build, Long> oneOffs() {
        return oneOffs;
    }

    boolean isIdle() {
        return busy == 0 && oneOffs.isEmpty();
    }

    @Nullable
    AgentChannel channel() {
        return channel;
    }

    boolean everConnected() {
        return everConnected;
    }

    void connected(AgentChannel agent) {
        channel = agent;
        everConnected = true;
        broken = null;
    }

    void disconnected(@Nullable OfflineCause why) {
        channel = null;
        broken = why;
    }

    void markOffline(OfflineCause why) {
        temporary = why;
    }

    void markOnline() {
        temporary = null;
    }

    boolean isTemporarilyOffline() {
        return temporary != null;
    }

    boolean isOffline() {
        return temporary != null || (channel == null && !isBuiltIn());
    }

    @Nullable
    OfflineCause offlineCause() {
        return temporary != null ? temporary : broken;
    }

    /** Whether it may be given work now. */
    boolean free() {
        return !isDeleted() && !isOffline() && busy < executors.length;
    }

    List<LabelGroup> groups() {
        return groups;
    }

    LabelGroup.Capacity offered() {
        return offered;
    }

    /** Takes stock of what it offers now. */
    void offer() {
        boolean online = !isOffline() && !isDeleted();
        int count = executors.length;
        offered = online
                ? new LabelGroup.Capacity(1, count, count, busy, count - busy)
                : new LabelGroup.Capacity(0, isDeleted() ? 0 : count, 0, 0, 0);
    }
}
