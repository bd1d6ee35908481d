package dev.shedmaster.lab.azure.throttle;

import dev.shedmaster.lab.azure.call.AzureCall.FrontDoorBucket;
import dev.shedmaster.lab.azure.call.AzureCall.ProviderBucket;
import java.util.EnumMap;
import java.util.Map;

/**
 * The limits of all buckets. A bucket that is missing here does not limit.
 *
 * @param frontDoor Resource Manager's, for each subscription, principal and kind of call
 * @param perResource the compute provider's, for each machine or operation
 * @param perSubscription the providers', for each subscription and region
 */
public record Limits(
        Map<FrontDoorBucket, Rate> frontDoor,
        Map<ProviderBucket, Rate> perResource,
        Map<ProviderBucket, Rate> perSubscription) {

    public Limits {
        frontDoor = Map.copyOf(frontDoor);
        perResource = Map.copyOf(perResource);
        perSubscription = Map.copyOf(perSubscription);
    }

    /** What Azure documents (docs/sources.md). */
    public static Limits documented() {
        return new Limits(
                Map.of(
                        FrontDoorBucket.READ, new Rate(250, 25),
                        FrontDoorBucket.WRITE, new Rate(200, 10),
                        FrontDoorBucket.DELETE, new Rate(200, 10)),
                Map.of(
                        ProviderBucket.PUT_VM, Rate.perMinute(4, 12),
                        ProviderBucket.UPDATE_VM, Rate.perMinute(4, 12),
                        ProviderBucket.DELETE_VM, Rate.perMinute(4, 12),
                        ProviderBucket.LOW_COST_GET, Rate.perMinute(12, 36),
                        ProviderBucket.GET_OPERATION, Rate.perMinute(15, 45)),
                Map.of(
                        ProviderBucket.PUT_VM, Rate.perMinute(500, 1500),
                        ProviderBucket.UPDATE_VM, Rate.perMinute(500, 1500),
                        ProviderBucket.DELETE_VM, Rate.perMinute(500, 1500),
                        ProviderBucket.LOW_COST_GET, Rate.perMinute(8000, 24000),
                        ProviderBucket.HIGH_COST_GET, Rate.perMinute(300, 900),
                        ProviderBucket.GET_OPERATION, Rate.perMinute(5000, 15000),
                        ProviderBucket.NETWORK_WRITE, Rate.perMinute(200, 1000),
                        ProviderBucket.NETWORK_READ, Rate.perMinute(2000, 10000)));
    }

    /** No limits at all: for benchmarks that measure something else. */
    public static Limits none() {
        return new Limits(Map.of(), Map.of(), Map.of());
    }

    /** All limits so many times as wide. */
    public Limits times(double factor) {
        return new Limits(
                widened(FrontDoorBucket.class, frontDoor, factor),
                widened(ProviderBucket.class, perResource, factor),
                widened(ProviderBucket.class, perSubscription, factor));
    }

    private static <K extends Enum<K>> Map<K, Rate> widened(Class<K> keys, Map<K, Rate> rates, double factor) {
        Map<K, Rate> wider = new EnumMap<>(keys);
        rates.forEach((key, rate) -> wider.put(key, rate.times(factor)));
        return wider;
    }
}
