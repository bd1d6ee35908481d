package dev.shedmaster.core.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What providers have refused lately. Immutable: learning something makes a new memory.
 *
 * @param blockages what cannot be had for now
 * @param learnedAt when each of them was last learned; one that is missing was learned at an unknown time
 */
public record OfferingMemory(List<Blockage> blockages, Map<Blockage.Scope, Instant> learnedAt) {

    public static final OfferingMemory EMPTY = new OfferingMemory(List.of());

    public OfferingMemory {
        blockages = List.copyOf(blockages);
        learnedAt = Map.copyOf(learnedAt);
    }

    /** A memory that does not know when it learned what it knows. */
    public OfferingMemory(List<Blockage> blockages) {
        this(blockages, Map.of());
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
        Map<Blockage.Scope, Instant> times = new HashMap<>();
        for (Blockage known : kept) {
            Instant at = learnedAt.get(known.scope());
            if (at != null) {
                times.put(known.scope(), at);
            }
        }
        times.put(learned.scope(), now);
        return new OfferingMemory(kept, times);
    }

    /** Forgets what said, before that time, that this offering cannot be had: it was had then. */
    public OfferingMemory cleared(Offering had, Instant then) {
        return without(blockage -> refutes(had, then, blockage));
    }

    /** Forgets the blockages that are like this. */
    public OfferingMemory without(Predicate<Blockage> over) {
        return new OfferingMemory(blockages.stream().filter(over.negate()).toList(), learnedAt);
    }

    private boolean refutes(Offering had, Instant then, Blockage blockage) {
        boolean isAbout = blockage.scope().covers(had)
                || (blockage.scope() instanceof Blockage.UnfitOrder unfit && unfit.isOf(had));
        boolean lasts = blockage.scope() instanceof Blockage.ClosedAccount closed
                && !closed.closure().isOverOnceHad();
        return isAbout && !lasts && learnedAt(blockage).isBefore(then);
    }

    private Instant learnedAt(Blockage blockage) {
        return learnedAt.getOrDefault(blockage.scope(), Instant.EPOCH);
    }

    /**
     * When this offering was last refused, to all or to machines of that template, as far as that still counts; the epoch if
     * the time is not known.
     */
    public Optional<Instant> lastRefusal(Offering offering, String template, Instant now) {
        Instant latest = null;
        for (Blockage blockage : blockages) {
            if (blocks(blockage, offering, template, now)) {
                Instant at = learnedAt(blockage);
                latest = latest == null || at.isAfter(latest) ? at : latest;
            }
        }
        return Optional.ofNullable(latest);
    }

    /** When the first of what blocks this offering ends, for a machine of that template; nothing if it is not blocked. */
    public Optional<Instant> firstEnd(Offering offering, String template, Instant now) {
        return blockages.stream()
                .filter(blockage -> blocks(blockage, offering, template, now))
                .map(Blockage::until)
                .min(Comparator.naturalOrder());
    }

    private static boolean blocks(Blockage blockage, Offering offering, String template, Instant now) {
        return blockage.until().isAfter(now) && blockage.scope().covers(offering, template);
    }

    /** Why this offering is not worth asking for now, for a machine of that template: the longest blockage, or nothing. */
    public Optional<Blockage> blocking(Offering offering, String template, Instant now) {
        return longest(blockage -> blockage.scope().covers(offering, template), now);
    }

    /** Why nothing is worth asking that account for now, or nothing. What is tried all the same comes last. */
    public Optional<Blockage> closing(String account, Instant now) {
        return longest(closed(account, Blockage.Closure.LEAVES), now)
                .or(() -> longest(closed(account, Blockage.Closure.UNREADABLE), now))
                .or(() -> longest(closed(account, Blockage.Closure.WANTS_REST), now))
                .or(() -> longest(closed(account, Blockage.Closure.REFUSES_ORDERS), now));
    }

    private static Predicate<Blockage> closed(String account, Blockage.Closure closure) {
        Blockage.Scope scope = new Blockage.ClosedAccount(account, closure);
        return blockage -> blockage.scope().equals(scope);
    }

    private Optional<Blockage> longest(Predicate<Blockage> like, Instant now) {
        Blockage longest = null;
        for (Blockage blockage : blockages) {
            if (blockage.until().isAfter(now)
                    && like.test(blockage)
                    && (longest == null || blockage.until().isAfter(longest.until()))) {
                longest = blockage;
            }
        }
        return Optional.ofNullable(longest);
    }
}
