package dev.shedmaster.core.slot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Gives slots to one request after the other, on the fullest host that can take it, or the fullest of those that keep
 * something back for its pool. Hosts only fill up here: whoever is denied once need not be looked at again.
 */
final class Packing {
    private static final int NONE = -1;

    /** Those that are too full for anybody who asks, then the others, fullest first at every moment. */
    private final HostRoom[] hosts;

    /** Where the others begin. */
    private int open;

    private int leastCpus = Integer.MAX_VALUE;
    private long leastMemoryMib = Long.MAX_VALUE;

    private final IdentityHashMap<Need, Candidates> candidates = new IdentityHashMap<>();
    private final List<PlacedWorker> placed = new ArrayList<>();

    /** The hosts that come into question for one need. */
    private static final class Candidates {
        private final Need need;
        private final Amount amount;

        /** By index, the hosts that may have room for its workers. */
        private final boolean[] suitable;

        /** Whether one of them may keep something back for its pool. */
        private boolean keptFor;

        private Optional<NoRoom> denied = Optional.empty();

        Candidates(Need need, HostRoom[] hosts) {
            this.need = need;
            this.amount = need.shape().amount();
            this.suitable = new boolean[hosts.length];
            for (HostRoom host : hosts) {
                if (need.hosts().contains(host.view().name()) && host.misfit(need) == null) {
                    suitable[host.index()] = true;
                    keptFor |= host.keepsFor(need.pool());
                }
            }
        }

        /** Whether a host takes one; none that does not is asked again. */
        boolean fit(HostRoom host) {
            boolean fits = suitable[host.index()] && host.shortage(need.pool(), amount) == null;
            suitable[host.index()] = fits;
            return fits;
        }
    }

    /** @param requests all that will be answered */
    Packing(HostRoom[] rooms, List<SlotRequest> requests) {
        this.hosts = rooms.clone();
        Arrays.sort(hosts, HostRoom.FULLEST_FIRST);
        for (SlotRequest request : requests) {
            leastCpus = Math.min(leastCpus, request.need().shape().cpus());
            leastMemoryMib = Math.min(leastMemoryMib, request.need().shape().memoryMib());
        }
        for (int i = 0; i < hosts.length; i++) {
            moveUp(hosts[i], i);
        }
    }

    SlotAnswer answer(SlotRequest request) {
        Candidates wanted = candidates.computeIfAbsent(request.need(), need -> new Candidates(need, hosts));
        if (wanted.denied.isEmpty()) {
            int at = find(wanted);
            if (at != NONE) {
                return give(request, at);
            }
            wanted.denied = Optional.of(NoRoom.counted(wanted.need, selected(wanted.need)));
        }
        return new SlotAnswer.Denied(request.worker(), wanted.denied.get());
    }

    /** What is left of all hosts now. */
    HostRoom[] hosts() {
        return hosts.clone();
    }

    List<PlacedWorker> placed() {
        return placed;
    }

    private int find(Candidates wanted) {
        int from = firstWith(wanted.amount.memoryMib());
        if (wanted.keptFor) {
            for (int i = from; i < hosts.length; i++) {
                if (wanted.fit(hosts[i]) && hosts[i].keepsFor(wanted.need.pool())) {
                    return i;
                }
            }
            wanted.keptFor = false;
        }
        for (int i = from; i < hosts.length; i++) {
            if (wanted.fit(hosts[i])) {
                return i;
            }
        }
        return NONE;
    }

    /** Where those of the open hosts begin that have that much memory free. */
    private int firstWith(long memoryMib) {
        int low = open;
        int high = hosts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hosts[middle].free().memoryMib() < memoryMib) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private SlotAnswer give(SlotRequest request, int at) {
        Need need = request.need();
        Amount amount = need.shape().amount();
        HostView host = hosts[at].view();
        Isolation isolation = hosts[at].isolationOf(need.shape());
        moveUp(hosts[at].with(need.pool(), amount), at);
        placed.add(new PlacedWorker(need.pool(), host.name(), amount, need.zone()));
        return new SlotAnswer.Given(request.worker(), host.name(), isolation);
    }

    /** Puts a host that has become fuller where it belongs now. */
    private void moveUp(HostRoom host, int from) {
        boolean isFull = host.free().cpus() < leastCpus || host.free().memoryMib() < leastMemoryMib;
        int to = from;
        while (to > open && (isFull || HostRoom.FULLEST_FIRST.compare(host, hosts[to - 1]) < 0)) {
            hosts[to] = hosts[to - 1];
            to--;
        }
        hosts[to] = host;
        if (isFull) {
            open++;
        }
    }

    private List<HostRoom> selected(Need need) {
        List<HostRoom> selected = new ArrayList<>();
        for (HostRoom host : hosts) {
            if (need.hosts().contains(host.view().name())) {
                selected.add(host);
            }
        }
        return selected;
    }
}
