package dev.shedmaster.machine.azure;

import java.util.EnumMap;
import java.util.Map;

/**
 * How many requests may be made.
 *
 * @param rates by bucket; every bucket has one
 * @param concurrency how many calls may be under way at a time
 */
public record RequestRates(Map<RequestBucket, Rate> rates, int concurrency) {

    /**
     * A token bucket's.
     *
     * @param burst how many at once
     * @param perSecond how fast they come back
     */
    public record Rate(int burst, double perSecond) {
        public Rate {
            if (burst < 1 || !(perSecond > 0)) {
                throw new IllegalArgumentException("burst and perSecond: must be above 0");
            }
        }

        private boolean isMoreThan(Rate other) {
            return burst > other.burst || perSecond > other.perSecond;
        }

        private Rate orMore(Rate other) {
            return new Rate(Math.max(burst, other.burst), Math.max(perSecond, other.perSecond));
        }
    }

    /** What Azure documents for one subscription, principal and region (docs/sources.md). */
    public static final RequestRates PUBLISHED = new RequestRates(
            Map.of(
                    RequestBucket.ARM_READS, new Rate(250, 25),
                    RequestBucket.ARM_WRITES, new Rate(200, 10),
                    RequestBucket.ARM_DELETES, new Rate(200, 10),
                    RequestBucket.PUT_VM, new Rate(1_500, 500 / 60.0),
                    RequestBucket.DELETE_VM, new Rate(1_500, 500 / 60.0),
                    RequestBucket.LOW_COST_GET, new Rate(24_000, 8_000 / 60.0),
                    RequestBucket.HIGH_COST_GET, new Rate(900, 300 / 60.0),
                    RequestBucket.GET_OPERATION, new Rate(15_000, 5_000 / 60.0)),
            64);

    public RequestRates {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency: must be at least 1");
        }
        for (RequestBucket bucket : RequestBucket.values()) {
            if (!rates.containsKey(bucket)) {
                throw new IllegalArgumentException("rates: " + bucket + " is missing");
            }
        }
        rates = Map.copyOf(rates);
    }

    public RequestRates with(RequestBucket bucket, Rate rate) {
        EnumMap<RequestBucket, Rate> changed = new EnumMap<>(rates);
        changed.put(bucket, rate);
        return new RequestRates(changed, concurrency);
    }

    /**
     * With these rates at Resource Manager. The compute provider behind it has limits of its own, which go on to hold; but who
     * says that Resource Manager allows more than is published for everybody says that Azure has granted more, there too.
     */
    public RequestRates granted(Rate writes, Rate deletes, Rate reads) {
        return granted(RequestBucket.ARM_WRITES, writes, RequestBucket.PUT_VM)
                .granted(RequestBucket.ARM_DELETES, deletes, RequestBucket.DELETE_VM)
                .granted(
                        RequestBucket.ARM_READS,
                        reads,
                        RequestBucket.LOW_COST_GET,
                        RequestBucket.HIGH_COST_GET,
                        RequestBucket.GET_OPERATION);
    }

    private RequestRates granted(RequestBucket front, Rate rate, RequestBucket... behind) {
        RequestRates changed = with(front, rate);
        if (rate.isMoreThan(PUBLISHED.rate(front))) {
            for (RequestBucket bucket : behind) {
                changed = changed.with(bucket, changed.rate(bucket).orMore(rate));
            }
        }
        return changed;
    }

    public RequestRates withConcurrency(int calls) {
        return new RequestRates(rates, calls);
    }

    /** How many calls of this kind a second may go on being made, once the burst is used up. */
    double sustained(RequestKind kind) {
        return kind.buckets().stream()
                .mapToDouble(bucket -> rate(bucket).perSecond())
                .min()
                .orElseThrow();
    }

    Rate rate(RequestBucket bucket) {
        Rate rate = rates.get(bucket);
        if (rate == null) {
            throw new IllegalStateException(bucket + " has no rate");
        }
        return rate;
    }
}
