package dev.shedmaster.core.slot;

import dev.shedmaster.core.slot.HostView.Standing;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is left of one host.
 *
 * @param index its place among all hosts by name
 * @param whole what workers could have of it if there were none
 * @param free what no worker has
 * @param kept what only workers of a pool may still take of that, by pool
 * @param hasFormerZone whether it has workers of a zone that it does not list any more
 */
record HostRoom(HostView view, int index, Amount whole, Amount free, Map<String, Amount> kept, boolean hasFormerZone) {
    /** The one with the least memory left comes first: of what hosts have, memory is what cannot be stretched. */
    static final Comparator<HostRoom> FULLEST_FIRST = (one, other) -> {
        int difference = Long.compare(one.free.memoryMib(), other.free.memoryMib());
        if (difference == 0) {
            difference = Integer.compare(one.free.cpus(), other.free.cpus());
        }
        return difference != 0 ? difference : Integer.compare(one.index, other.index);
    };

    HostRoom {
        kept = Map.copyOf(kept);
    }

    /** What is left of a host beside the workers on it. */
    static HostRoom of(HostView view, int index, List<PlacedWorker> workers) {
        Amount whole = view.capacity().forWorkers();
        Amount taken = Amount.NOTHING;
        boolean hasFormerZone = false;
        for (PlacedWorker worker : workers) {
            taken = taken.plus(worker.amount());
            hasFormerZone |= !view.lists(worker.zone());
        }
        return new HostRoom(view, index, whole, whole.minus(taken), Map.of(), hasFormerZone);
    }

    /** The same with that much kept back for a pool, whatever was before. */
    HostRoom keeping(String pool, Amount amount) {
        Map<String, Amount> keeps = new HashMap<>(kept);
        keeps.put(pool, amount);
        return new HostRoom(view, index, whole, free, keeps, hasFormerZone);
    }

    /** The same with a further worker, which first takes what is kept for its pool. */
    HostRoom with(String pool, Amount amount) {
        Amount own = kept.get(pool);
        HostRoom filled = new HostRoom(view, index, whole, free.minus(amount), kept, hasFormerZone);
        return own == null ? filled : filled.keeping(pool, own.minus(amount));
    }

    boolean keepsFor(String pool) {
        return !kept.getOrDefault(pool, Amount.NOTHING).equals(Amount.NOTHING);
    }

    List<String> keptForOthers(String pool) {
        return kept.keySet().stream()
                .filter(other -> !other.equals(pool) && keepsFor(other))
                .toList();
    }

    /** What workers of a pool may take. */
    Amount freeFor(String pool) {
        Amount left = free;
        for (Map.Entry<String, Amount> entry : kept.entrySet()) {
            if (!entry.getKey().equals(pool)) {
                left = left.minus(entry.getValue());
            }
        }
        return left;
    }

    /** How many workers of that kind it can take. */
    int room(Need need) {
        return misfit(need) == null ? freeFor(need.pool()).workers(need.shape()) : 0;
    }

    /** Why it can't take a worker of that kind; null if it can. */
    @Nullable
    Obstacle obstacle(Need need) {
        Obstacle misfit = misfit(need);
        return misfit != null ? misfit : shortage(need.pool(), need.shape().amount());
    }

    /**
     * What keeps such workers from it, however few others it has; null if nothing does. Placing workers changes none of
     * it.
     */
    @Nullable
    Obstacle misfit(Need need) {
        Shape shape = need.shape();
        if (shape.architecture() != view.architecture()) {
            return Obstacle.ARCHITECTURE;
        }
        if (shape.isolationOn(view.virtualization()) == null) {
            return view.virtualization().hasKvm() ? Obstacle.NO_NESTING : Obstacle.NO_KVM;
        }
        if (shape.kvm() && whole.kvmSlots() == 0) {
            return Obstacle.NO_KVM;
        }
        if (whole.workers(shape) == 0) {
            return Obstacle.TOO_SMALL;
        }
        if (!view.lists(need.zone())) {
            return Obstacle.ZONE;
        }
        Obstacle image = need.imageObstacle(view.name());
        if (image != null && !image.isPassing()) {
            return image;
        }
        Obstacle closed = hasFormerZone ? Obstacle.FORMER_ZONE : closed();
        return closed == null ? image : closed;
    }

    private @Nullable Obstacle closed() {
        return switch (view.standing()) {
            case Standing.OPEN -> null;
            case Standing.DRAINING -> Obstacle.DRAINING;
            case Standing.NOT_READY -> Obstacle.NOT_READY;
            case Standing.UNSCHEDULABLE -> Obstacle.UNSCHEDULABLE;
        };
    }

    /**
     * What it lacks for a worker that it could otherwise take; null if nothing. What a worker was denied once stays
     * denied.
     */
    @Nullable
    Obstacle shortage(String pool, Amount amount) {
        if (free.memoryMib() < amount.memoryMib()) {
            return Obstacle.MEMORY;
        }
        if (free.cpus() < amount.cpus()) {
            return Obstacle.CPUS;
        }
        if (free.kvmSlots() < amount.kvmSlots()) {
            return Obstacle.KVM_SLOTS;
        }
        return kept.isEmpty() || freeFor(pool).covers(amount) ? null : Obstacle.KEPT_BACK;
    }

    /** How it runs a worker that it can take. */
    Isolation isolationOf(Shape shape) {
        return Objects.requireNonNull(shape.isolationOn(view.virtualization()));
    }
}
