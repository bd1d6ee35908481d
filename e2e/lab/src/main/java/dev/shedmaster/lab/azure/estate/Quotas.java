package dev.shedmaster.lab.azure.estate;

import java.util.HashMap;
import java.util.Map;

/**
 * The quota of the subscription in a region.
 *
 * @param regionalCores all on-demand machines together ({@code cores} in the usages)
 * @param spotCores all spot machines together ({@code lowPriorityCores})
 * @param familyCores on-demand machines of a family, for the families that differ from the rest
 * @param otherFamilyCores for each family that is not named
 * @param machines how many machines there may be
 */
public record Quotas(
        int regionalCores, int spotCores, Map<String, Integer> familyCores, int otherFamilyCores, int machines) {

    public Quotas {
        familyCores = Map.copyOf(familyCores);
    }

    /** So much that no test meets it by chance: 10,000 machines of 96 cores. */
    public static Quotas plenty() {
        return new Quotas(1_000_000, 1_000_000, Map.of(), 1_000_000, 25_000);
    }

    public Quotas withRegionalCores(int cores) {
        return new Quotas(cores, spotCores, familyCores, otherFamilyCores, machines);
    }

    public Quotas withSpotCores(int cores) {
        return new Quotas(regionalCores, cores, familyCores, otherFamilyCores, machines);
    }

    public Quotas withFamilyCores(String family, int cores) {
        Map<String, Integer> more = new HashMap<>(familyCores);
        more.put(family, cores);
        return new Quotas(regionalCores, spotCores, more, otherFamilyCores, machines);
    }

    public int family(String name) {
        return familyCores.getOrDefault(name, otherFamilyCores);
    }
}
