package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.NoRoom;
import dev.shedmaster.core.slot.Packing;
import dev.shedmaster.core.slot.SlotAnswer;
import dev.shedmaster.core.slot.SlotRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rung of a pool's ladder that is slots on hosts of one's own: which hosts come into question, and what they have left. */
final class HostRung {
    private final Offering offering;
    private final Need need;

    /** Why hosts that the placement selects are passed over for now. */
    private final List<Hold> skipped;

    private final HostBooks books;
    private @Nullable Hold full;

    private HostRung(Offering offering, Need need, List<Hold> skipped, HostBooks books) {
        this.offering = offering;
        this.need = need;
        this.skipped = skipped;
        this.books = books;
    }

    /** The rung, without the hosts that have refused the pool's workers lately. */
    static HostRung of(Offering offering, Need need, String template, Fleet fleet) {
        Set<String> hosts = new HashSet<>();
        List<Hold> skipped = new ArrayList<>();
        for (String host : need.hosts().stream().sorted().toList()) {
            Optional<Hold> refusal = fleet.memory().blockages().isEmpty()
                    ? Optional.empty()
                    : refusal(offering, host, need, template, fleet);
            refusal.ifPresentOrElse(skipped::add, () -> hosts.add(host));
        }
        return new HostRung(offering, skipped.isEmpty() ? need : need.on(hosts), List.copyOf(skipped), fleet.hosts());
    }

    /** A host that has refused is tried again as soon as anything else that was refused. */
    private static Optional<Hold> refusal(Offering offering, String host, Need need, String template, Fleet fleet) {
        HostSlot slot = Objects.requireNonNull(offering.slot());
        Instant now = fleet.now();
        for (Isolation isolation : need.shape().isolations().stream().sorted().toList()) {
            Offering there = Offering.onHost(offering.placement(), slot, new HostSlot.Site(host, isolation));
            Optional<Instant> retry = fleet.memory()
                    .lastRefusal(there, template, now)
                    .map(at -> at.plus(fleet.policy().probeEvery()))
                    .filter(at -> at.isAfter(now));
            Optional<Hold> hold = retry.flatMap(at -> fleet.memory()
                    .blocking(there, template, now)
                    .map(known -> new Hold.Refused(
                            there.giver(), known.until().isBefore(at) ? known.until() : at, known.why())));
            if (hold.isPresent()) {
                return hold;
            }
        }
        return Optional.empty();
    }

    /** What speaks against one more worker; null if nothing does. */
    @Nullable
    Hold hold() {
        if (full == null) {
            full = packing().denial(need).map(this::told).orElse(null);
        }
        return full;
    }

    /** That it never takes one unless a person changes something, whatever else is there; null if it may. */
    @Nullable
    Hold unfit() {
        return hold() instanceof Hold.HostsUnfit unfit ? unfit : null;
    }

    private Hold told(NoRoom why) {
        return why.isPassing() || !skipped.isEmpty()
                ? new Hold.HostsFull(offering.placement(), why, skipped)
                : new Hold.HostsUnfit(offering.placement(), why);
    }

    /** Gives a worker its slot; only where nothing speaks against it. */
    Offering take() {
        if (!(packing().answer(new SlotRequest(need.pool(), need)) instanceof SlotAnswer.Given given)) {
            throw new IllegalStateException("placement " + offering.placement() + " of pool " + need.pool()
                    + " has no room and was thought to have some");
        }
        HostSlot.Site site = new HostSlot.Site(given.host(), given.isolation());
        Offering taken = Offering.onHost(offering.placement(), Objects.requireNonNull(offering.slot()), site);
        books.gives(need.pool(), taken);
        return taken;
    }

    Need need() {
        return need;
    }

    void lookWhenRefusalsEnd(Horizon horizon) {
        for (Hold hold : skipped) {
            if (hold instanceof Hold.Refused refused) {
                horizon.lookAt(refused.until());
            }
        }
    }

    private Packing packing() {
        return books.packing();
    }
}
