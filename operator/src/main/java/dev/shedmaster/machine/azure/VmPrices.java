package dev.shedmaster.machine.azure;

import dev.shedmaster.core.placement.CapacityType;
import java.util.Map;

/**
 * List prices of Linux machines, in US dollars, of June 2026. Within a series the price is linear in vCPUs. They order
 * offerings and estimate cost; nothing is billed by them.
 */
public final class VmPrices {
    /**
     * No fixed factor exists; 60 to 90 % off is usual. A careful share of the list price keeps Spot before on-demand and an
     * estimate of cost above what is paid.
     */
    private static final double SPOT_SHARE = 0.4;

    /** Dollars per vCPU and hour, by series and region. */
    private static final Map<String, Map<String, Double>> PER_VCPU = Map.of(
            "Dds_v5",
            Map.of(
                    "westeurope", 0.068,
                    "northeurope", 0.063,
                    "germanywestcentral", 0.068,
                    "swedencentral", 0.060,
                    "eastus", 0.0565),
            "Dds_v6",
            Map.of(
                    "westeurope", 0.074625,
                    "northeurope", 0.069375,
                    "germanywestcentral", 0.074625,
                    "swedencentral", 0.06625,
                    "eastus", 0.06225),
            "Dads_v5",
            Map.of("westeurope", 0.0625, "northeurope", 0.0575, "swedencentral", 0.055),
            "Dads_v6",
            Map.of(
                    "westeurope", 0.069,
                    "northeurope", 0.06375,
                    "germanywestcentral", 0.069,
                    "swedencentral", 0.061,
                    "eastus", 0.057),
            "Das_v5",
            Map.of("westeurope", 0.052, "germanywestcentral", 0.052, "swedencentral", 0.046, "eastus", 0.043),
            "Fs_v2",
            Map.of(
                    "westeurope", 0.0485,
                    "northeurope", 0.048,
                    "germanywestcentral", 0.0485,
                    "swedencentral", 0.0485,
                    "eastus", 0.04225),
            "Fas_v6",
            Map.of(
                    "westeurope", 0.082625,
                    "northeurope", 0.07625,
                    "germanywestcentral", 0.082625,
                    "swedencentral", 0.073,
                    "eastus", 0.06825),
            "Dpds_v6",
            Map.of(
                    "westeurope", 0.054875,
                    "northeurope", 0.05125,
                    "germanywestcentral", 0.054875,
                    "swedencentral", 0.048875,
                    "eastus", 0.045875));

    private VmPrices() {}

    /** Dollars an hour; 0 where the price is not known. */
    public static double hourly(VmSize size, String location, CapacityType type) {
        double list = PER_VCPU.getOrDefault(size.series(), Map.of()).getOrDefault(location, 0.0) * size.vcpus();
        return type == CapacityType.SPOT ? list * SPOT_SHARE : list;
    }
}
