package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.http.ApiAnswer;
import dev.shedmaster.machine.azure.RequestBudget.Urgency;
import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Follows the operations that Azure gave for creations, without a thread for each: whoever observes asks for those that are
 * due. An operation allows a question every four seconds for long; many together must leave most of the readings that the
 * subscription may make to others, so the more there are the less often each is asked.
 */
final class OperationWatch {
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** The share of all readings that operations may take. */
    private static final double SHARE = 0.5;

    /** How far an operation is. */
    sealed interface Progress {
        record Running() implements Progress {}

        record Succeeded() implements Progress {}

        record Failed(ArmFailure failure) implements Progress {}

        /** Azure has forgotten or overtaken it, or its address cannot be followed: only the machine itself can tell. */
        record Forgotten() implements Progress {}
    }

    private record Watched(String address, Instant due, Progress progress) {
        boolean isDue(Instant now) {
            return progress instanceof Progress.Running && !now.isBefore(due);
        }
    }

    private final ArmClient arm;
    private final InstantSource clock;
    private final double perSecond;
    private final Map<String, Watched> watched = new HashMap<>();

    OperationWatch(ArmClient arm, RequestRates rates, InstantSource clock) {
        this.arm = arm;
        this.clock = clock;
        this.perSecond = rates.sustained(RequestKind.POLL_OPERATION) * SHARE;
    }

    /**
     * Asks for the operations that are due, the longest due first and not so many that it takes long, and forgets those that
     * are no longer followed.
     *
     * @param followed operation by machine
     * @param listed machines that the list shows, so that there is no hurry
     * @param settled machines whose operation has nothing to add
     */
    void ask(Map<String, String> followed, Set<String> listed, Set<String> settled) {
        Instant now = clock.instant();
        int together = followed.size();
        watched.keySet().retainAll(followed.keySet());
        followed.forEach((machine, address) -> {
            Watched known = watched.get(machine);
            if (!address.isEmpty() && (known == null || !known.address().equals(address))) {
                Instant due = listed.contains(machine) ? now.plus(spread(machine, together)) : now;
                watched.put(machine, new Watched(address, due, new Progress.Running()));
            }
        });
        List<Map.Entry<String, Watched>> due = watched.entrySet().stream()
                .filter(entry ->
                        !settled.contains(entry.getKey()) && entry.getValue().isDue(now))
                .sorted(Comparator.comparing(entry -> entry.getValue().due()))
                .limit(atATime())
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
        FanOut.map(due, entry -> answer(entry.getValue(), together))
                .forEach((entry, answer) -> watched.put(entry.getKey(), answer));
    }

    private long atATime() {
        return Math.max(1, (long) (perSecond * INTERVAL.toSeconds()));
    }

    /** Where the machine's operation is; null if none is known for it. */
    @Nullable
    Progress progress(String machine) {
        Watched known = watched.get(machine);
        return known == null ? null : known.progress();
    }

    private Watched answer(Watched known, int together) {
        HttpUrl url = arm.follow(known.address());
        if (url == null) {
            return new Watched(known.address(), known.due(), new Progress.Forgotten());
        }
        Outcome<ApiAnswer> asked =
                arm.send(ArmClient.Call.get("poll-operation", RequestKind.POLL_OPERATION, Urgency.READ, url));
        Instant now = clock.instant();
        Instant next = now.plus(interval(together));
        if (!(asked instanceof Outcome.Done<ApiAnswer>(ApiAnswer answer))) {
            return new Watched(known.address(), next, known.progress());
        }
        Duration wanted = ArmFailure.retryAfter(answer, now);
        Instant notBefore = wanted == null ? next : now.plus(wanted);
        return new Watched(known.address(), notBefore.isAfter(next) ? notBefore : next, progress(answer));
    }

    private static Progress progress(ApiAnswer answer) {
        if (answer.status() == 404 || answer.status() == 410) {
            return new Progress.Forgotten();
        }
        if (!answer.isSuccess() || answer.status() == 202) {
            return new Progress.Running();
        }
        JsonNode body = Json.read(answer.body());
        // Azure's word is that every state but these three means: not yet. A Location address has no status at all.
        return switch (body.path("status").asText("").toLowerCase(Locale.ROOT)) {
            case "succeeded" -> new Progress.Succeeded();
            case "failed" -> failed(ArmFailure.ofOperation(body.path("error")));
            // A deletion ends a creation that is under way. That says nothing against what was asked for.
            case "canceled" -> new Progress.Forgotten();
            case "" -> new Progress.Succeeded();
            default -> new Progress.Running();
        };
    }

    private static Progress failed(ArmFailure failure) {
        return failure.withCode("OperationPreempted").isPresent()
                ? new Progress.Forgotten()
                : new Progress.Failed(failure);
    }

    private Duration interval(int together) {
        Duration fair = Duration.ofMillis((long) (together / perSecond * 1000));
        return fair.compareTo(INTERVAL) > 0 ? fair : INTERVAL;
    }

    /** Machines that were asked for together are not polled together. */
    private Duration spread(String machine, int together) {
        return interval(together)
                .multipliedBy(Math.floorMod(machine.hashCode(), 1_000))
                .dividedBy(1_000);
    }
}
