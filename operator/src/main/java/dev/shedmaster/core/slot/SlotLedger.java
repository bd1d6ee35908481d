package dev.shedmaster.core.slot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is left of all hosts of one's own, and who gets it. Immutable: what is placed or kept back makes a new ledger.
 *
 * <p>A slot is room for one worker and ends with it. As a worker keeps the trust zone for which it was made, no slot
 * serves two; a host has workers of several zones only while it lists them all. Whoever comes first is served first:
 * what is more important is the planner's to say. The fullest host is filled first, so that others stay empty enough
 * for large workers and can be taken out of service.
 *
 * <p>With the same hosts, workers and requests the answers are the same, in whatever order hosts and workers are
 * listed.
 */
public final class SlotLedger {
    private final HostRoom[] rooms;
    private final Map<String, List<PlacedWorker>> byHost;

    /** Those that came since the first ledger. */
    private final List<PlacedWorker> later;

    private SlotLedger(HostRoom[] rooms, Map<String, List<PlacedWorker>> byHost, List<PlacedWorker> later) {
        this.rooms = rooms;
        this.byHost = byHost;
        this.later = later;
    }

    /**
     * What is left of these hosts.
     *
     * @param workers all that have a slot already; those whose host is not there are passed over
     * @throws IllegalArgumentException if two hosts have one name
     */
    public static SlotLedger of(Collection<HostView> hosts, Collection<PlacedWorker> workers) {
        Map<String, List<PlacedWorker>> byHost = workers.stream().collect(Collectors.groupingBy(PlacedWorker::host));
        List<HostView> byName =
                hosts.stream().sorted(Comparator.comparing(HostView::name)).toList();
        HostRoom[] rooms = new HostRoom[byName.size()];
        for (int i = 0; i < rooms.length; i++) {
            HostView host = byName.get(i);
            if (i > 0 && host.name().equals(byName.get(i - 1).name())) {
                throw new IllegalArgumentException("host " + host.name() + " is listed twice");
            }
            rooms[i] = HostRoom.of(host, i, byHost.getOrDefault(host.name(), List.of()));
        }
        return new SlotLedger(rooms, byHost, List.of());
    }

    /**
     * Keeps an amount of a host back for a pool: together with what the pool's workers have there already, that much is
     * its own. It takes it before anything else, and may take more. Replaces what was kept back there for the pool
     * before.
     *
     * @param host on which one; where there is none of that name, nothing is kept
     */
    public SlotLedger reserve(String host, String pool, Amount amount) {
        Amount taken = Stream.concat(byHost.getOrDefault(host, List.of()).stream(), later.stream())
                .filter(worker -> worker.host().equals(host) && worker.pool().equals(pool))
                .map(PlacedWorker::amount)
                .reduce(Amount.NOTHING, Amount::plus);
        HostRoom[] kept = rooms.clone();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i].view().name().equals(host)) {
                kept[i] = kept[i].keeping(pool, amount.minus(taken));
            }
        }
        return new SlotLedger(kept, byHost, later);
    }

    /** Gives slots, in the order of the requests. */
    public SlotPlan place(List<SlotRequest> requests) {
        Packing packing = packing(requests.stream().map(SlotRequest::need).toList());
        List<SlotAnswer> answers = new ArrayList<>(requests.size());
        for (SlotRequest request : requests) {
            answers.add(packing.answer(request));
        }
        List<PlacedWorker> all = new ArrayList<>(later);
        all.addAll(packing.placed());
        return new SlotPlan(answers, new SlotLedger(packing.hosts(), byHost, all));
    }

    /**
     * Gives slots one by one, for who learns only on the way what is asked for next. The ledger stays as it is.
     *
     * @param needs all that may be asked for
     */
    public Packing packing(Iterable<Need> needs) {
        return new Packing(rooms, needs);
    }

    /** How many more workers with that need would get a slot if no others came. */
    public int room(Need need) {
        long room = 0;
        for (HostRoom host : rooms) {
            if (need.hosts().contains(host.view().name())) {
                room += host.room(need);
            }
        }
        return (int) Math.min(Integer.MAX_VALUE, room);
    }

    /**
     * What no worker has, by host, whether anybody may take it or not. Of KVM slots without a limit nearly 2^31 are
     * left.
     */
    public Map<String, Amount> free() {
        Map<String, Amount> free = new TreeMap<>();
        for (HostRoom host : rooms) {
            free.put(host.view().name(), host.free());
        }
        return free;
    }
}
