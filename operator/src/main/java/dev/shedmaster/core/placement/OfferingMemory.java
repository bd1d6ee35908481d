package dev.shedmaster.core.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What providers have refused lately. Immutable: learning something makes a new memory. */
public record OfferingMemory(List<Blockage> blockages) {

    public static final OfferingMemory EMPTY = new OfferingMemory(List.of());

    public OfferingMemory {
        blockages = List.copyOf(blockages);
    }

    /** Adds a refusal. One of the same scope is replaced, so that the newest word counts; what has passed is forgotten. */
    public OfferingMemory with(Blockage learned, Instant now) {
        List<Blockage> kept = new ArrayList<>(blockages.size() + 1);
        for (Blockage known : blockages) {
            if (!known.scope().equals(learned.scope()) && known.until().isAfter(now)) {
                kept.add(known);
            }
        }
        kept.add(learned);
        return new OfferingMemory(kept);
    }

    /** Forgets what says that this offering cannot be had: it has just been had. */
    public OfferingMemory cleared(Offering had) {
        return new OfferingMemory(blockages.stream()
                .filter(blockage -> !blockage.scope().covers(had))
                .toList());
    }

    /** Why this offering is not worth asking for now: the blockage that holds longest, or nothing. */
    public Optional<Blockage> blocking(Offering offering, Instant now) {
        Blockage longest = null;
        for (Blockage blockage : blockages) {
            if (blockage.until().isAfter(now)
                    && blockage.scope().covers(offering)
                    && (longest == null || blockage.until().isAfter(longest.until()))) {
                longest = blockage;
            }
        }
        return Optional.ofNullable(longest);
    }
}
