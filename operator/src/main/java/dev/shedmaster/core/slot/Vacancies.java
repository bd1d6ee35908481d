package dev.shedmaster.core.slot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What hosts will have once the workers that leave have left: by whom room is made, and who is to have it. For one thread.
 */
public final class Vacancies {
    private final Map<String, HostView> hosts = new TreeMap<>();
    private final Map<String, List<PlacedWorker>> workers = new HashMap<>();

    /**
     * Begins with what there is.
     *
     * @param staying those that do not leave; those whose host is not there are passed over
     */
    public Vacancies(Collection<HostView> hosts, Collection<PlacedWorker> staying) {
        hosts.forEach(host -> {
            this.hosts.put(host.name(), host);
            workers.put(host.name(), new ArrayList<>());
        });
        staying.forEach(this::stays);
    }

    /** The worker leaves. */
    public void leaves(PlacedWorker worker) {
        if (workers.containsKey(worker.host())) {
            workers.get(worker.host()).remove(worker);
        }
    }

    /** The worker stays after all, or comes. */
    public void stays(PlacedWorker worker) {
        if (workers.containsKey(worker.host())) {
            workers.get(worker.host()).add(worker);
        }
    }

    /** Whether a worker with that need will have room on that host. */
    public boolean fits(String host, Need need) {
        HostView view = hosts.get(host);
        return view != null
                && need.hosts().contains(host)
                && HostRoom.of(view, 0, workers.getOrDefault(host, List.of())).room(need) > 0;
    }

    /** Keeps room for a worker with that need, where there will be some; where that is. */
    public Optional<String> claim(Need need) {
        Optional<String> host =
                hosts.keySet().stream().filter(name -> fits(name, need)).findFirst();
        host.ifPresent(
                name -> stays(new PlacedWorker(need.pool(), name, need.shape().amount(), need.zone())));
        return host;
    }
}
