package dev.shedmaster.lab.azure.throttle;

import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.AzureCall.FrontDoorBucket;
import dev.shedmaster.lab.azure.call.AzureCall.ProviderBucket;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.azure.fault.ArmRefusal;
import dev.shedmaster.lab.time.LabClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All token buckets: counts a call against each that concerns it, and refuses it in the words of the one that is empty. */
public final class Throttles {
    private static final int PRUNE_FROM = 20_000;

    /** What a call left in the buckets, for the headers of its answer. */
    public record Remaining(
            FrontDoorBucket frontDoor, @Nullable Long inFrontDoor, List<String> inProvider) {}

    private record Key(Object bucket, String scope) {}

    private record Draw(TokenBucket bucket, String headerName) {}

    private final Limits limits;
    private final LabClock clock;
    private final Map<Key, TokenBucket> buckets = new HashMap<>();
    private int pruneAbove = PRUNE_FROM;

    public Throttles(Limits limits, LabClock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Takes a token from every bucket of the call, or from none.
     *
     * @param caller subscription, principal and region, for the front door's buckets
     * @param subscription subscription and region, for the providers' buckets
     * @param resource the machine's or operation's id, where the call has one
     * @throws ArmRefusal 429 with {@code Retry-After}
     */
    public synchronized Remaining count(AzureCall call, String caller, String subscription, @Nullable String resource) {
        Instant now = clock.instant();
        TokenBucket frontDoor = bucket(limits.frontDoor(), call.frontDoor(), caller, now);
        if (frontDoor != null) {
            refuseIfEmpty(frontDoor, now, wait -> frontDoorError(call.frontDoor(), caller, wait));
        }
        List<Draw> draws = providerDraws(call.provider(), subscription, resource, now);
        for (Draw draw : draws) {
            refuseIfEmpty(draw.bucket(), now, wait -> providerError(call.provider(), draw.headerName(), wait));
        }
        if (frontDoor != null) {
            frontDoor.take();
        }
        List<String> left = new ArrayList<>(draws.size());
        for (Draw draw : draws) {
            draw.bucket().take();
            if (call.provider().isCompute()) {
                left.add("Microsoft.Compute/" + draw.headerName() + ";"
                        + draw.bucket().left());
            }
        }
        return new Remaining(call.frontDoor(), frontDoor == null ? null : frontDoor.left(), left);
    }

    private List<Draw> providerDraws(
            ProviderBucket provider, String subscription, @Nullable String resource, Instant now) {
        List<Draw> draws = new ArrayList<>(2);
        TokenBucket wide = bucket(limits.perSubscription(), provider, subscription, now);
        if (wide != null) {
            draws.add(new Draw(wide, provider.wireName() + "SubscriptionMaximum"));
        }
        TokenBucket narrow = resource == null ? null : bucket(limits.perResource(), provider, resource, now);
        if (narrow != null) {
            draws.add(new Draw(narrow, provider.wireName() + "Resource"));
        }
        return draws;
    }

    private <K extends Enum<K>> @Nullable TokenBucket bucket(Map<K, Rate> rates, K kind, String scope, Instant now) {
        Rate rate = rates.get(kind);
        if (rate == null) {
            return null;
        }
        if (buckets.size() > pruneAbove) {
            // A full bucket says nothing that a new one would not.
            buckets.values().removeIf(bucket -> bucket.isFull(now));
            pruneAbove = Math.max(PRUNE_FROM, 2 * buckets.size());
        }
        return buckets.computeIfAbsent(new Key(kind, scope), _ -> new TokenBucket(rate, now));
    }

    private void refuseIfEmpty(TokenBucket bucket, Instant now, Function<Duration, ArmError> error) {
        Duration wait = bucket.wait(now);
        if (wait.isPositive()) {
            throw error.apply(Duration.ofSeconds(Math.max(1, clock.clientSeconds(wait))))
                    .refusal();
        }
    }

    /** 429 as Resource Manager itself says it. */
    public static ArmError frontDoorError(FrontDoorBucket kind, String caller, @Nullable Duration wait) {
        String word = kind.headerWord().isEmpty()
                ? "read"
                : kind.headerWord().substring(0, kind.headerWord().length() - 1);
        String after = wait == null ? "" : " Please try again after '" + wait.toSeconds() + "' seconds.";
        return ArmError.of(
                        429,
                        "SubscriptionRequestsThrottled",
                        "Number of '" + word + "' requests for subscription and actor '" + caller + "' exceeded."
                                + after)
                .withRetryAfter(wait);
    }

    /** 429 as the compute or network provider says it: the code is the one that quota refusals use, only the details tell. */
    public static ArmError providerError(ProviderBucket provider, String target, @Nullable Duration wait) {
        if (!provider.isCompute()) {
            return ArmError.of(429, "TooManyRequests", "The request was throttled by the network provider.")
                    .withRetryAfter(wait);
        }
        return ArmError.of(
                        429,
                        "OperationNotAllowed",
                        "The server rejected the request because too many requests have been received for this subscription.")
                .withDetails(List.of(
                        new ArmError.Detail("TooManyRequests", "{\"operationGroup\":\"" + target + "\"}", target)))
                .withRetryAfter(wait);
    }
}
