package dev.shedmaster.kube.feed;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What we know better than the newest reading, because we have done or asked something since it began. Each entry counts
 * until a reading that began later has been taken.
 */
public final class Afterthoughts<S> {
    private record Entry<S>(S value, Instant at) {}

    private final Map<String, Entry<S>> entries = new ConcurrentHashMap<>();

    public void put(String name, S value, Instant at) {
        entries.put(name, new Entry<>(value, at));
    }

    /** What was known is no longer certain: readings count again. */
    public void forget(String name) {
        entries.remove(name);
    }

    /** What is known since a reading that began then (null: there was none), or null if nothing is. */
    public @Nullable S since(String name, @Nullable Instant readingBegunAt) {
        Entry<S> entry = entries.get(name);
        return entry == null || (readingBegunAt != null && !entry.at.isAfter(readingBegunAt)) ? null : entry.value;
    }

    /**
     * Forgets what a reading that began then has overtaken. Where the reading says something else, nobody learns of it by
     * comparing the reading with the one before.
     *
     * @param seen what is known of a name without what is forgotten here
     * @return the names of which something else is known now
     */
    public Set<String> correctedBy(Instant readingBegunAt, Function<String, S> seen) {
        Map<String, S> overtaken = new HashMap<>();
        entries.entrySet().removeIf(entry -> {
            boolean over = !entry.getValue().at.isAfter(readingBegunAt);
            if (over) {
                overtaken.put(entry.getKey(), entry.getValue().value);
            }
            return over;
        });
        overtaken.entrySet().removeIf(entry -> entry.getValue().equals(seen.apply(entry.getKey())));
        return Set.copyOf(overtaken.keySet());
    }
}
