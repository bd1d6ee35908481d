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
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Follows the operations that Azure gave for creations, without a thread for each: whoever observes asks for those that are
 * due. An operation allows a question every four seconds for long; many together must leave most of the readings that the
 * subscription may make to others, so the more there are the less often each is asked.
 */
final class OperationWatch {
    static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Where the list shows the machine, it tells as soon how the creation ends; only why, the operation knows better. */
    private static final Duration LISTED_INTERVAL = Duration.ofSeconds(15);

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

    /**
     * @param asked when it was asked for last; before that, an interval before it is due
     * @param notBefore when Azure wants to be asked again
     */
    private record Watched(String address, Instant asked, Instant notBefore, Progress progress) {
        Instant due(Duration interval) {
            Instant next = asked.plus(interval);
            return next.isAfter(notBefore) ? next : notBefore;
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
     * @param creating machines that the list shows and says to be in the making, so that there is no hurry
     * @param settled machines whose operation has nothing to add
     */
    void ask(Map<String, String> followed, Set<String> creating, Set<String> settled) {
        Instant now = clock.instant();
        int together = followed.size();
        watched.keySet().retainAll(followed.keySet());
        followed.forEach((machine, address) -> {
            Watched known = watched.get(machine);
            if (!address.isEmpty() && (known == null || !known.address().equals(address))) {
                Duration interval = interval(together, creating.contains(machine));
                Instant due = creating.contains(machine) ? now.plus(spread(machine, together)) : now;
                watched.put(machine, new Watched(address, due.minus(interval), now, new Progress.Running()));
            }
        });
        Function<Map.Entry<String, Watched>, Instant> due =
                entry -> entry.getValue().due(interval(together, creating.contains(entry.getKey())));
        List<Map.Entry<String, Watched>> next = watched.entrySet().stream()
                .filter(entry -> entry.getValue().progress() instanceof Progress.Running
                        && !settled.contains(entry.getKey())
                        && !now.isBefore(due.apply(entry)))
                .sorted(Comparator.comparing(due))
                .limit(atATime())
                .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                .toList();
        FanOut.map(next, entry -> answer(entry.getValue()))
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

    private Watched answer(Watched known) {
        HttpUrl url = arm.follow(known.address());
        if (url == null) {
            return new Watched(known.address(), known.asked(), known.notBefore(), new Progress.Forgotten());
        }
        Outcome<ApiAnswer> asked =
                arm.send(ArmClient.Call.get("poll-operation", RequestKind.POLL_OPERATION, Urgency.READ, url));
        Instant now = clock.instant();
        if (!(asked instanceof Outcome.Done<ApiAnswer>(ApiAnswer answer))) {
            return new Watched(known.address(), now, now, known.progress());
        }
        Duration wanted = ArmFailure.retryAfter(answer, now);
        return new Watched(known.address(), now, wanted == null ? now : now.plus(wanted), progress(answer));
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

    private Duration interval(int together, boolean isListed) {
        Duration fair = Duration.ofMillis((long) (together / perSecond * 1000));
        Duration least = isListed ? LISTED_INTERVAL : INTERVAL;
        return fair.compareTo(least) > 0 ? fair : least;
    }

    /** Machines that were asked for together are not polled together. */
    private Duration spread(String machine, int together) {
        return interval(together, true)
                .multipliedBy(Math.floorMod(machine.hashCode(), 1_000))
                .dividedBy(1_000);
    }
}
