package dev.shedmaster.core.slot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Gives slots to one request after the other, on the fullest host that can take it, or the fullest of those that keep
 * something back for its pool. Hosts only fill up here: whoever is denied once need not be looked at again. For one
 * thread.
 */
public final class Packing {
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

    /** @param needs all that will be asked for */
    Packing(HostRoom[] rooms, Iterable<Need> needs) {
        this.hosts = rooms.clone();
        Arrays.sort(hosts, HostRoom.FULLEST_FIRST);
        for (Need need : needs) {
            leastCpus = Math.min(leastCpus, need.shape().cpus());
            leastMemoryMib = Math.min(leastMemoryMib, need.shape().memoryMib());
        }
        for (int i = 0; i < hosts.length; i++) {
            moveUp(hosts[i], i);
        }
    }

    /** Gives the worker a slot, if there is one. */
    public SlotAnswer answer(SlotRequest request) {
        Candidates wanted = candidates(request.need());
        int at = findFor(wanted);
        return at == NONE ? new SlotAnswer.Denied(request.worker(), wanted.denied.orElseThrow()) : give(request, at);
    }

    /** Why no worker with that need would get a slot now; nothing if one would. */
    public Optional<NoRoom> denial(Need need) {
        Candidates wanted = candidates(need);
        findFor(wanted);
        return wanted.denied;
    }

    private Candidates candidates(Need need) {
        return candidates.computeIfAbsent(need, asked -> new Candidates(asked, hosts));
    }

    private int findFor(Candidates wanted) {
        int at = wanted.denied.isEmpty() ? find(wanted) : NONE;
        if (at == NONE && wanted.denied.isEmpty()) {
            wanted.denied = Optional.of(NoRoom.counted(wanted.need, selected(wanted.need)));
        }
        return at;
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
