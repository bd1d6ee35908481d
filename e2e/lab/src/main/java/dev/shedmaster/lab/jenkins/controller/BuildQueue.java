package dev.shedmaster.lab.jenkins.controller;

import dev.shedmaster.lab.jenkins.controller.QueueItem.Blocked;
import dev.shedmaster.lab.jenkins.controller.QueueItem.Buildable;
import dev.shedmaster.lab.jenkins.controller.QueueItem.Left;
import dev.shedmaster.lab.jenkins.controller.QueueItem.Waiting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The items of the queue by the state that they are in. Knows no rules. Guarded by the controller's lock. */
final class BuildQueue {
    /** An item that left can be asked for this long. */
    private static final long KEPT_AFTER_LEAVING = 5 * 60 * 1000L;

    private record Duplicate(Job job, Map<String, String> parameters) {}

    private final LabelIndex labels;
    private final Map<Long, QueueItem> byId = new HashMap<>();
    private final TreeSet<Waiting> waiting =
            new TreeSet<>(Comparator.comparingLong(Waiting::timestamp).thenComparingLong(Waiting::id));
    private final Map<Long, Blocked> blocked = new LinkedHashMap<>();
    private final Map<String, Map<Long, Blocked>> blockedByKey = new HashMap<>();
    private final TreeMap<Long, Buildable> buildable = new TreeMap<>();
    private final Map<Long, Buildable> flyweights = new LinkedHashMap<>();
    private final Map<Long, Buildable> pending = new LinkedHashMap<>();
    private final Deque<Left> left = new ArrayDeque<>();
    private final Map<Duplicate, Long> open = new HashMap<>();
    private long nextId = 1;
    private long nextOrder = 1;

    BuildQueue(LabelIndex labels) {
        this.labels = labels;
    }

    /** A queued item that an equal request would double; null if there is none. */
    @Nullable
    QueueItem duplicate(Task task, Map<String, String> parameters) {
        Long id = task instanceof Task.OfJob(Job job) ? open.get(new Duplicate(job, parameters)) : null;
        return id == null ? null : byId.get(id);
    }

    Waiting enter(Task task, Map<String, String> parameters, List<Cause> causes, long now, long until) {
        long id = nextId++;
        return enter(new QueueEntry(id, task, parameters, causes, now, new WorkRecord(id, task, now)), until);
    }

    /** What has begun asks for an executor again, as a new item; to the lab it is the same piece of work. */
    Waiting enterAgain(QueueEntry before, Task task, long now) {
        return enter(new QueueEntry(nextId++, task, before.parameters(), before.causes(), now, before.record()), now);
    }

    private Waiting enter(QueueEntry entry, long until) {
        Waiting item = new Waiting(entry, until);
        waiting.add(item);
        byId.put(item.id(), item);
        entry.task().job().queuedBy(1);
        if (entry.task() instanceof Task.OfJob(Job job)) {
            open.put(new Duplicate(job, entry.parameters()), item.id());
        }
        return item;
    }

    /** The next item whose quiet period is over; null if there is none. */
    @Nullable
    Waiting due(long now) {
        return waiting.isEmpty() || waiting.first().timestamp() > now ? null : waiting.first();
    }

    /** An item is held back. */
    void block(QueueItem item, String key, long now) {
        remove(item);
        long since = item instanceof Blocked before ? before.buildableSince() : now;
        Blocked held = new Blocked(item.entry(), since, key);
        blocked.put(held.id(), held);
        blockedByKey.computeIfAbsent(key, same -> new LinkedHashMap<>()).put(held.id(), held);
        byId.put(held.id(), held);
    }

    /** An item needs an executor from now on. Its node takes nothing else before what has begun there already. */
    Buildable release(QueueItem item, long now) {
        remove(item);
        item.entry().record().buildable(now);
        long first = item.task().continued() ? Long.MIN_VALUE : 0;
        Buildable ready = new Buildable(item.entry(), now, false, first + nextOrder++);
        put(ready);
        return ready;
    }

    /** An item was given an executor. */
    void assign(Buildable item) {
        remove(item);
        Buildable assigned = new Buildable(item.entry(), item.buildableSince(), true, item.order());
        pending.put(assigned.id(), assigned);
        byId.put(assigned.id(), assigned);
    }

    /** An item's executor was lost before it began: it waits again, in its old place. */
    void giveBack(QueueEntry entry) {
        if (byId.get(entry.id()) instanceof Buildable assigned && assigned.pending()) {
            remove(assigned);
            put(new Buildable(entry, assigned.buildableSince(), false, assigned.order()));
        }
    }

    private void put(Buildable item) {
        byId.put(item.id(), item);
        if (item.task().flyweight()) {
            flyweights.put(item.id(), item);
        } else {
            buildable.put(item.order(), item);
            labels.group(item.task().label(), item.buildableSince()).enqueue(item);
        }
    }

    /** An item's work began. */
    void leave(QueueEntry entry, Build executable, long now) {
        leave(entry, new Left(entry, false, executable, now));
    }

    /** An item was taken back. */
    void cancel(QueueEntry entry, long now) {
        entry.record().cancelled(now);
        leave(entry, new Left(entry, true, null, now));
    }

    private void leave(QueueEntry entry, Left item) {
        QueueItem before = byId.get(entry.id());
        if (before != null) {
            remove(before);
        }
        byId.put(item.id(), item);
        left.add(item);
        entry.task().job().queuedBy(-1);
        if (entry.task() instanceof Task.OfJob(Job job)) {
            open.remove(new Duplicate(job, entry.parameters()), entry.id());
        }
    }

    private void remove(QueueItem item) {
        switch (item) {
            case Waiting in -> waiting.remove(in);
            case Blocked in -> {
                blocked.remove(in.id());
                Map<Long, Blocked> alike = blockedByKey.getOrDefault(in.key(), new HashMap<>());
                alike.remove(in.id());
                blockedByKey.remove(in.key(), Map.of());
            }
            case Buildable in -> {
                pending.remove(in.id());
                flyweights.remove(in.id());
                if (buildable.remove(in.order()) != null) {
                    labels.group(in.task().label(), in.buildableSince()).dequeue(in);
                }
            }
            case Left in -> left.remove(in);
        }
    }

    /** Forgets the items that left long ago. */
    void expire(long now) {
        while (!left.isEmpty() && left.getFirst().leftAt() < now - KEPT_AFTER_LEAVING) {
            byId.remove(left.removeFirst().id());
        }
    }

    @Nullable
    QueueItem item(long id) {
        return byId.get(id);
    }

    /** Everything that waits for its time, for something else, or for an executor, in the order of the export. */
    List<QueueItem> items() {
        List<QueueItem> items = new ArrayList<>(byId.size());
        items.addAll(waiting);
        items.addAll(blocked.values());
        items.addAll(new ArrayList<>(flyweights.values()).reversed());
        items.addAll(buildable.descendingMap().values());
        items.addAll(new ArrayList<>(pending.values()).reversed());
        return items;
    }

    /** The item that has been held back longest by this; null if there is none. */
    @Nullable
    Blocked firstBlocked(String key) {
        Map<Long, Blocked> alike = blockedByKey.get(key);
        return alike == null ? null : alike.values().iterator().next();
    }

    List<Buildable> flyweights() {
        return new ArrayList<>(flyweights.values());
    }

    Counts counts() {
        return new Counts(waiting.size(), blocked.size(), buildable.size() + flyweights.size(), pending.size());
    }

    /** How many items are in which state. */
    public record Counts(int waiting, int blocked, int buildable, int pending) {}
}
