package dev.shedmaster.kube.ci;

import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.worker.WorkerIndex;
import dev.shedmaster.port.AgentState;
import dev.shedmaster.port.CiSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes on what a reading of a CI system changed: to the planner, to the workers concerned, and to the system's status. */
public final class CiListener implements Feed.Listener<CiSnapshot> {
    /** A status is for people: while a queue moves, its numbers are told this often. */
    private static final Duration TELL_EVERY = Duration.ofSeconds(5);

    private record Told(int jobs, int blocked, int obscure, String version) {}

    private final WorkerIndex workers;
    private final Runnable planSoon;
    private final Runnable tellStatus;
    private final InstantSource clock;
    private @Nullable Told told;
    private Instant toldAt = Instant.MIN;

    public CiListener(WorkerIndex workers, Runnable planSoon, Runnable tellStatus, InstantSource clock) {
        this.workers = workers;
        this.planSoon = planSoon;
        this.tellStatus = tellStatus;
        this.clock = clock;
    }

    @Override
    public void read(Reading<CiSnapshot> before, Reading<CiSnapshot> now) {
        CiSnapshot seen = now.value();
        if (seen != null && now.trouble() == null) {
            // After a break nobody knows what was missed: everybody looks again.
            CiSnapshot last = before.trouble() == null ? before.value() : null;
            Set<String> changed = changed(last == null ? Map.of() : last.agents(), seen.agents());
            changed.addAll(changed(last == null ? Set.of() : last.awaited(), seen.awaited()));
            workers.wake(changed);
            if (last == null || !last.showsTheSameAs(seen)) {
                planSoon.run();
            }
        }
        boolean troubleChanged = (before.trouble() == null) != (now.trouble() == null);
        tell(seen, troubleChanged);
    }

    private void tell(@Nullable CiSnapshot seen, boolean atOnce) {
        Told telling = seen == null
                ? null
                : new Told(seen.jobs().size(), seen.blocked(), seen.obscure().size(), seen.version());
        Instant now = clock.instant();
        boolean due = !Objects.equals(telling, told) && !toldAt.isAfter(now.minus(TELL_EVERY));
        if (atOnce || due) {
            told = telling;
            toldAt = now;
            tellStatus.run();
        }
    }

    private static Set<String> changed(Set<String> before, Set<String> now) {
        Set<String> names = new HashSet<>(now);
        names.addAll(before);
        names.removeIf(name -> before.contains(name) && now.contains(name));
        return names;
    }

    private static Set<String> changed(Map<String, AgentState> before, Map<String, AgentState> now) {
        Set<String> names = new HashSet<>();
        now.forEach((name, state) -> {
            if (!state.equals(before.get(name))) {
                names.add(name);
            }
        });
        before.keySet().stream().filter(name -> !now.containsKey(name)).forEach(names::add);
        return names;
    }
}
