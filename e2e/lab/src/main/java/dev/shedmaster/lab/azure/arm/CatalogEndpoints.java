package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.catalog.SizeCatalog;
import dev.shedmaster.lab.azure.catalog.VmSize;
import dev.shedmaster.lab.azure.catalog.VmSize.DiskPlacement;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.QuotaLedger;
import dev.shedmaster.lab.http.LabAnswer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The region's usages and the sizes that can be had. */
final class CatalogEndpoints {
    private static final Pattern LOCATION_FILTER = Pattern.compile("\\s*location\\s+eq\\s+'([^']*)'\\s*");

    private final Estate estate;

    CatalogEndpoints(Estate estate) {
        this.estate = estate;
    }

    private SizeCatalog sizes() {
        return estate.tariff().sizes();
    }

    LabAnswer usages(ArmCall call) {
        String location = Objects.requireNonNullElse(call.route().location(), "");
        return estate.locked(() -> {
            QuotaLedger ledger = estate.quota();
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode value = body.putArray("value");
            usage(
                    value,
                    "cores",
                    "Total Regional vCPUs",
                    ledger.regionalCores(location),
                    ledger.quotas().regionalCores());
            usage(
                    value,
                    "virtualMachines",
                    "Virtual Machines",
                    ledger.machines(location),
                    ledger.quotas().machines());
            usage(
                    value,
                    "lowPriorityCores",
                    "Total Regional Low-priority vCPUs",
                    ledger.spotCores(location),
                    ledger.quotas().spotCores());
            sizes().all().stream()
                    .map(VmSize::family)
                    .distinct()
                    .forEach(family -> usage(
                            value,
                            family,
                            family + " vCPUs",
                            ledger.familyCores(location, family),
                            ledger.quotas().family(family)));
            return LabAnswer.json(200, body);
        });
    }

    private static void usage(ArrayNode value, String name, String localized, int current, int limit) {
        value.addObject()
                .put("limit", limit)
                .put("unit", "Count")
                .put("currentValue", current)
                .putObject("name")
                .put("value", name)
                .put("localizedValue", localized);
    }

    LabAnswer skus(ArmCall call) {
        Matcher filter =
                LOCATION_FILTER.matcher(call.request().parameter("$filter").orElse(""));
        List<String> locations = filter.matches() ? List.of(ArmRoute.location(filter.group(1))) : sizes().regions();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode value = body.putArray("value");
        for (String location : locations) {
            if (sizes().regions().contains(location)) {
                sizes().all().forEach(size -> value.add(sku(size, location)));
            }
        }
        return LabAnswer.json(200, body);
    }

    private static ObjectNode sku(VmSize size, String location) {
        ObjectNode sku = JsonNodeFactory.instance.objectNode();
        sku.put("resourceType", "virtualMachines")
                .put("name", size.name())
                .put("tier", "Standard")
                .put("size", size.name().substring("Standard_".length()))
                .put("family", size.family());
        sku.putArray("locations").add(location);
        ObjectNode info = sku.putArray("locationInfo").addObject().put("location", location);
        info.putArray("zones").add("1").add("2").add("3");
        info.putArray("zoneDetails");
        ArrayNode capabilities = sku.putArray("capabilities");
        String placements = Arrays.stream(DiskPlacement.values())
                .filter(placement -> size.ephemeralGib(placement) > 0)
                .map(DiskPlacement::wireName)
                .collect(Collectors.joining(","));
        capability(capabilities, "vCPUs", size.cpus());
        capability(capabilities, "vCPUsAvailable", size.cpus());
        capability(capabilities, "MemoryGB", size.memoryGib());
        capability(capabilities, "CpuArchitectureType", size.arm() ? "Arm64" : "x64");
        capability(capabilities, "HyperVGenerations", "V1,V2");
        capability(capabilities, "MaxResourceVolumeMB", size.tempDiskGib() * 1024);
        capability(capabilities, "CachedDiskBytes", (long) size.cacheGib() << 30);
        capability(capabilities, "NvmeDiskSizeInMiB", size.nvmeGib() * 1024);
        capability(capabilities, "EphemeralOSDiskSupported", placements.isEmpty() ? "False" : "True");
        if (!placements.isEmpty()) {
            capability(capabilities, "SupportedEphemeralOSDiskPlacements", placements);
        }
        capability(capabilities, "LowPriorityCapable", size.spot() ? "True" : "False");
        capability(capabilities, "AcceleratedNetworkingEnabled", "True");
        capability(capabilities, "PremiumIO", "True");
        sku.putArray("restrictions");
        return sku;
    }

    private static void capability(ArrayNode capabilities, String name, Object value) {
        capabilities.addObject().put("name", name).put("value", value.toString());
    }
}
