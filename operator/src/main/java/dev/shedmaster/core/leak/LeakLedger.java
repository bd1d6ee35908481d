package dev.shedmaster.core.leak;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remembers what nobody accounts for, until it is old enough to be deleted. Immutable: an observation makes a new ledger.
 *
 * <p>Lists of cloud resources lag, and a worker may be a moment ahead of its record. So a leak must have been seen in
 * consecutive observations, and for a while; whatever is missing from one observation starts afresh.
 *
 * @param rules when and how fast leaks may be deleted
 * @param sightings what was seen at the last observation, by the provider's identifier
 */
public record LeakLedger(Rules rules, Map<String, Sighting> sightings) {

    /**
     * When and how fast leaks may be deleted.
     *
     * @param sightings how many consecutive observations must have seen it, at least 2
     * @param grace how long it must have been seen
     * @param cap how many may be deleted after one observation
     * @param dryRun tell what would be deleted, and delete nothing
     */
    public record Rules(int sightings, Duration grace, int cap, boolean dryRun) {
        public Rules {
            if (sightings < 2) {
                throw new IllegalArgumentException("sightings: must be at least 2, because lists lag");
            }
            if (grace.isNegative() || cap < 0) {
                throw new IllegalArgumentException("grace and cap: must not be negative");
            }
        }
    }

    /**
     * What is remembered of one leak.
     *
     * @param since when it was first seen
     * @param times in how many consecutive observations
     * @param ordered how often its deletion was already due
     */
    public record Sighting(Instant since, int times, int ordered) {}

    /**
     * What an observation leads to.
     *
     * @param ledger what is to be remembered
     * @param ripe what is to be deleted now, the longest seen first; empty in a dry run
     * @param withheld what is as old and stays, because of the dry run or the cap
     * @param young how many are not old enough
     */
    public record Reading(LeakLedger ledger, List<String> ripe, List<String> withheld, int young) {}

    public LeakLedger {
        sightings = Map.copyOf(sightings);
    }

    public static LeakLedger empty(Rules rules) {
        return new LeakLedger(rules, Map.of());
    }

    /**
     * Takes note of an observation.
     *
     * @param leftovers everything that nobody accounts for now: one whole, successful observation
     * @param now when it was made
     */
    public Reading observe(Set<String> leftovers, Instant now) {
        Map<String, Sighting> seen = new HashMap<>();
        for (String id : leftovers) {
            Sighting before = sightings.get(id);
            seen.put(
                    id,
                    before == null
                            ? new Sighting(now, 1, 0)
                            : new Sighting(before.since(), before.times() + 1, before.ordered()));
        }
        // What resists deletion goes to the back, or it would hold the cap for ever.
        List<String> old = seen.entrySet().stream()
                .filter(entry -> isOld(entry.getValue(), now))
                .sorted(Comparator.<Map.Entry<String, Sighting>>comparingInt(
                                entry -> entry.getValue().ordered())
                        .thenComparing(entry -> entry.getValue().since())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
        int due = rules.dryRun() ? 0 : Math.min(rules.cap(), old.size());
        List<String> ripe = old.subList(0, due);
        ripe.forEach(id -> seen.computeIfPresent(
                id, (key, sighting) -> new Sighting(sighting.since(), sighting.times(), sighting.ordered() + 1)));
        return new Reading(
                new LeakLedger(rules, seen),
                List.copyOf(ripe),
                List.copyOf(old.subList(due, old.size())),
                seen.size() - old.size());
    }

    private boolean isOld(Sighting sighting, Instant now) {
        return sighting.times() >= rules.sightings()
                && !now.isBefore(sighting.since().plus(rules.grace()));
    }
}
