package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.HostView;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.Packing;
import dev.shedmaster.core.slot.PlacedWorker;
import dev.shedmaster.core.slot.SlotLedger;
import dev.shedmaster.core.slot.Vacancies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What hosts of one's own have left within one plan: who gets a slot is the planner's to say, which one is not. */
final class HostBooks {
    private final FleetView view;
    private final Packing packing;
    private final List<PlacedWorker> given = new ArrayList<>();
    private final Set<String> draining;

    /** @param needs all that may be asked for */
    HostBooks(FleetView view, Iterable<Need> needs) {
        this.view = view;
        this.draining = view.hosts().stream()
                .filter(host -> host.standing() == HostView.Standing.DRAINING)
                .map(HostView::name)
                .collect(Collectors.toUnmodifiableSet());
        this.packing = SlotLedger.of(view.hosts(), placed(view, true)).packing(needs);
    }

    Packing packing() {
        return packing;
    }

    /** The host that such a worker is on and that is to be taken out of service; null if it is on none. */
    @Nullable
    String draining(WorkerView worker) {
        HostSlot slot = worker.offering().slot();
        HostSlot.Site site = slot == null ? null : slot.site();
        return site != null && draining.contains(site.host()) ? site.host() : null;
    }

    /** Takes note of a worker that this plan makes. */
    void gives(String pool, Offering offering) {
        placed(pool, offering).ifPresent(given::add);
    }

    /** What the hosts will have once those that leave already have left, and those have come that this plan makes. */
    Vacancies vacancies() {
        Vacancies vacancies = new Vacancies(view.hosts(), placed(view, false));
        given.forEach(vacancies::stays);
        return vacancies;
    }

    /** A fleet without hosts must not pay for them. */
    private static List<PlacedWorker> placed(FleetView view, boolean andLeaving) {
        if (view.hosts().isEmpty()) {
            return List.of();
        }
        return view.workers().stream()
                .filter(worker -> andLeaving || !worker.stage().isLeaving())
                .flatMap(worker -> placed(worker.pool(), worker.offering()).stream())
                .toList();
    }

    /** The slot that a machine is; nothing if it is rented. */
    static Optional<PlacedWorker> placed(String pool, Offering offering) {
        HostSlot slot = offering.slot();
        return slot == null || slot.site() == null
                ? Optional.empty()
                : Optional.of(new PlacedWorker(pool, slot.site().host(), slot.amount(), slot.zone()));
    }
}
