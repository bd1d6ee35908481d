package dev.shedmaster.core.slot;

import dev.shedmaster.core.slot.HostView.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rule once more, without anything that makes it fast: everything is counted anew for each host and request. */
final class PlainSlotRule {
    private final HostWorld world;
    private final List<PlacedWorker> workers;
    private final Map<List<String>, Amount> kept = new HashMap<>();

    PlainSlotRule(HostWorld world) {
        this.world = world;
        this.workers = new ArrayList<>(world.workers);
        world.kept.forEach(one -> kept.put(List.of(one.host(), one.pool()), one.amount()));
    }

    private long free(HostView host, int what) {
        return of(host.capacity().forWorkers(), what)
                - workers.stream()
                        .filter(worker -> worker.host().equals(host.name()))
                        .mapToLong(worker -> of(worker.amount(), what))
                        .sum();
    }

    private static long of(Amount amount, int what) {
        return switch (what) {
            case 0 -> amount.cpus();
            case 1 -> amount.memoryMib();
            default -> amount.kvmSlots();
        };
    }

    /** Of what is kept back for a pool, what its workers do not have. */
    private long unused(HostView host, String pool, int what) {
        long own = workers.stream()
                .filter(worker ->
                        worker.host().equals(host.name()) && worker.pool().equals(pool))
                .mapToLong(worker -> of(worker.amount(), what))
                .sum();
        return Math.max(0, of(kept.getOrDefault(List.of(host.name(), pool), Amount.NOTHING), what) - own);
    }

    private boolean keepsFor(HostView host, String pool) {
        return unused(host, pool, 0) + unused(host, pool, 1) + unused(host, pool, 2) > 0;
    }

    boolean fits(HostView host, Need need) {
        Shape shape = need.shape();
        boolean runs = shape.isolations().stream().anyMatch(isolation -> switch (host.virtualization()) {
            case NONE -> isolation == Isolation.CONTAINER && !shape.kvm();
            case EMULATED -> !shape.kvm();
            case KVM -> isolation == Isolation.CONTAINER || !shape.kvm();
            case NESTED -> true;
        });
        boolean zonesAreListed = workers.stream()
                .filter(worker -> worker.host().equals(host.name()))
                .allMatch(worker -> host.lists(worker.zone()));
        if (!need.hosts().contains(host.name())
                || host.standing() != Standing.OPEN
                || host.architecture() != shape.architecture()
                || !runs
                || !host.lists(need.zone())
                || !zonesAreListed) {
            return false;
        }
        for (int what = 0; what < 3; what++) {
            long others = 0;
            for (String pool : Set.of("p0", "p1", "p2")) {
                others += pool.equals(need.pool()) ? 0 : unused(host, pool, what);
            }
            if (free(host, what) - others < of(shape.amount(), what) && of(shape.amount(), what) > 0) {
                return false;
            }
        }
        return true;
    }

    /** The host that a request gets; null if none. */
    @Nullable
    HostView place(Need need) {
        HostView best = null;
        for (HostView host : world.hosts) {
            if (fits(host, need) && (best == null || isBetter(host, best, need.pool()))) {
                best = host;
            }
        }
        if (best != null) {
            workers.add(new PlacedWorker(need.pool(), best.name(), need.shape().amount(), need.zone()));
        }
        return best;
    }

    private boolean isBetter(HostView host, HostView than, String pool) {
        if (keepsFor(host, pool) != keepsFor(than, pool)) {
            return keepsFor(host, pool);
        }
        if (free(host, 1) != free(than, 1)) {
            return free(host, 1) < free(than, 1);
        }
        if (free(host, 0) != free(than, 0)) {
            return free(host, 0) < free(than, 0);
        }
        return host.name().compareTo(than.name()) < 0;
    }
}
