package dev.shedmaster.lab.jenkins.controller;

import dev.shedmaster.lab.jenkins.label.LabelExpression;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One distinct demand on nodes, with the nodes that satisfy it and the items that wait with it, kept up to date so
 * that nothing is ever searched for. Guarded by the controller's lock.
 */
final class LabelGroup {
    private final @Nullable String text;
    private final @Nullable LabelExpression expression;
    private final Set<Computer> nodes = new LinkedHashSet<>();
    private final Set<Computer> available = new LinkedHashSet<>();
    private final TreeMap<Long, QueueItem.Buildable> waiting = new TreeMap<>();
    private final LoadSeries load = new LoadSeries();
    private Capacity capacity = Capacity.NONE;
    private long lastUsed;

    /** What nodes offer. */
    record Capacity(int onlineNodes, int defined, int online, int busy, int idle) {
        static final Capacity NONE = new Capacity(0, 0, 0, 0, 0);

        Capacity plus(Capacity other, int sign) {
            return new Capacity(
                    onlineNodes + sign * other.onlineNodes,
                    defined + sign * other.defined,
                    online + sign * other.online,
                    busy + sign * other.busy,
                    idle + sign * other.idle);
        }
    }

    /** A null text stands for the demand of jobs that ask for no label. */
    LabelGroup(@Nullable String text) {
        this.text = text;
        expression = text == null ? null : LabelExpression.of(text);
    }

    @Nullable
    String text() {
        return text;
    }

    /** The demand as the controller prints it. */
    String printed() {
        return expression == null ? "" : expression.printed();
    }

    @Nullable
    LabelExpression expression() {
        return expression;
    }

    boolean accepts(Computer computer) {
        if (computer.isDeleted()) {
            return false;
        }
        return expression == null ? computer.mode() == Mode.NORMAL : expression.matches(computer.labels());
    }

    void add(Computer computer, Capacity offer, boolean free) {
        nodes.add(computer);
        capacity = capacity.plus(offer, 1);
        if (free) {
            available.add(computer);
        }
    }

    void remove(Computer computer, Capacity offer) {
        nodes.remove(computer);
        available.remove(computer);
        capacity = capacity.plus(offer, -1);
    }

    void changed(Computer computer, Capacity before, Capacity after, boolean free) {
        capacity = capacity.plus(before, -1).plus(after, 1);
        if (free) {
            available.add(computer);
        } else {
            available.remove(computer);
        }
    }

    void enqueue(QueueItem.Buildable item) {
        waiting.put(item.order(), item);
    }

    void dequeue(QueueItem.Buildable item) {
        waiting.remove(item.order());
    }

    boolean hasWork() {
        return !waiting.isEmpty() && !available.isEmpty();
    }

    QueueItem.Buildable first() {
        return waiting.firstEntry().getValue();
    }

    Computer firstAvailable() {
        return available.iterator().next();
    }

    Collection<Computer> nodes() {
        return nodes;
    }

    Collection<Computer> available() {
        return available;
    }

    Capacity capacity() {
        return capacity;
    }

    /** No node of it is online; so too when it has none. */
    boolean offline() {
        return capacity.onlineNodes() == 0;
    }

    int queueLength() {
        return waiting.size();
    }

    LoadSeries load() {
        return load;
    }

    void tick(int queueLength) {
        Map<LoadSeries.Value, Integer> present = new EnumMap<>(LoadSeries.Value.class);
        present.put(LoadSeries.Value.AVAILABLE, capacity.idle());
        present.put(LoadSeries.Value.BUSY, capacity.busy());
        present.put(LoadSeries.Value.CONNECTING, 0);
        present.put(LoadSeries.Value.DEFINED, capacity.defined());
        present.put(LoadSeries.Value.IDLE, capacity.idle());
        present.put(LoadSeries.Value.ONLINE, capacity.online());
        present.put(LoadSeries.Value.QUEUE, queueLength);
        present.put(LoadSeries.Value.TOTAL, capacity.online());
        load.update(present);
    }

    void used(long now) {
        lastUsed = now;
    }

    boolean idleSince(long then) {
        return lastUsed < then && waiting.isEmpty();
    }
}
