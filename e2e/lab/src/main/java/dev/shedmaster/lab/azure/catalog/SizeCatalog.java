package dev.shedmaster.lab.azure.catalog;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Sizes that pools of these users ask for, with their prices (docs/sources.md), and the smaller and larger ones of the same families: inside a family price and
 * local disk grow with the cores.
 */
public final class SizeCatalog {
    private static final List<Integer> CPUS = List.of(2, 4, 8, 16, 32, 48, 64, 96);
    private static final List<String> REGIONS =
            List.of("westeurope", "northeurope", "germanywestcentral", "swedencentral", "eastus");

    /** {@code pattern} has a {@code #} for the cores; disks and memory are for each core; prices for each core and hour in the order of REGIONS. */
    private record Family(
            String pattern,
            String quotaName,
            double memoryGib,
            boolean arm,
            double tempGib,
            double nvmeGib,
            double cacheGib,
            List<Double> prices) {

        VmSize size(int cpus) {
            return new VmSize(
                    pattern.replace("#", Integer.toString(cpus)),
                    quotaName,
                    cpus,
                    (int) (cpus * memoryGib),
                    arm,
                    (int) (cpus * tempGib),
                    (int) (cpus * nvmeGib),
                    (int) (cpus * cacheGib),
                    true);
        }
    }

    // Dollars an hour of the size with 8 cores, divided by 8. Zero: the table has no usable price for the region.
    private static final List<Family> FAMILIES = List.of(
            new Family(
                    "Standard_D#ds_v5",
                    "standardDDSv5Family",
                    4,
                    false,
                    37.5,
                    0,
                    25,
                    each(.544, .504, .544, .480, .452)),
            new Family(
                    "Standard_D#ads_v5", "standardDADSv5Family", 4, false, 37.5, 0, 25, each(.500, .460, 0, .440, 0)),
            new Family(
                    "Standard_D#ds_v6", "standardDdsv6Family", 4, false, 0, 55, 0, each(.597, .555, .597, .530, .498)),
            new Family(
                    "Standard_D#ads_v6",
                    "standardDadsv6Family",
                    4,
                    false,
                    0,
                    55,
                    0,
                    each(.552, .510, .552, .488, .456)),
            new Family("Standard_D#as_v5", "standardDASv5Family", 4, false, 0, 0, 0, each(.416, 0, .416, .368, .344)),
            new Family("Standard_F#s_v2", "standardFSv2Family", 2, false, 8, 0, 16, each(.388, .384, .388, .388, .338)),
            new Family(
                    "Standard_F#as_v6", "standardFasv6Family", 4, false, 0, 0, 0, each(.661, .610, .661, .584, .546)),
            new Family(
                    "Standard_D#pds_v6",
                    "standardDpdsv6Family",
                    4,
                    true,
                    0,
                    55,
                    0,
                    each(.439, .410, .439, .391, .367)));

    private final Map<String, VmSize> byName = new LinkedHashMap<>();
    private final Map<String, List<Double>> pricePerCore = new HashMap<>();

    public SizeCatalog() {
        for (Family family : FAMILIES) {
            pricePerCore.put(family.quotaName(), family.prices());
            CPUS.forEach(cpus -> add(family.size(cpus)));
        }
        // A burstable size, which cannot be a spot machine.
        add(new VmSize("Standard_B2s", "standardBSFamily", 2, 4, false, 8, 0, 0, false));
    }

    private static List<Double> each(double... prices) {
        return java.util.Arrays.stream(prices).mapToObj(price -> price / 8).toList();
    }

    private void add(VmSize size) {
        byName.put(size.name().toLowerCase(Locale.ROOT), size);
    }

    public Optional<VmSize> find(String name) {
        return Optional.ofNullable(byName.get(name.toLowerCase(Locale.ROOT)));
    }

    public Collection<VmSize> all() {
        return byName.values();
    }

    public List<String> regions() {
        return REGIONS;
    }

    /** Dollars an hour as an on-demand machine; empty where no price is known. */
    public OptionalDouble hourlyPrice(VmSize size, String location) {
        int region = REGIONS.indexOf(location);
        List<Double> prices = pricePerCore.get(size.family());
        if (region < 0 || prices == null || prices.get(region) == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(prices.get(region) * size.cpus());
    }
}
