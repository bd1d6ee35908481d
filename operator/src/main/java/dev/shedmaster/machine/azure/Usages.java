package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The subscription's quotas in one region and what is used of them.
 *
 * @param readAt when they were read
 * @param byName by Azure's name in lower case
 */
record Usages(Instant readAt, Map<String, Usage> byName) {
    static final String REGIONAL = "cores";
    static final String SPOT = "lowprioritycores";

    record Usage(String name, long current, long limit) {}

    Usages {
        byName = Map.copyOf(byName);
    }

    static Usages of(List<JsonNode> list, Instant readAt) {
        Map<String, Usage> found = new HashMap<>();
        for (JsonNode entry : list) {
            String name = entry.path("name").path("value").asText("");
            if (!name.isEmpty() && entry.path("limit").isNumber()) {
                found.put(
                        name.toLowerCase(Locale.ROOT),
                        new Usage(
                                name,
                                entry.path("currentValue").asLong(),
                                entry.path("limit").asLong()));
            }
        }
        return new Usages(readAt, found);
    }

    /** The quotas that an offering draws on: Spot has one for all sizes, the rest one by family and one for all. */
    static List<String> quotas(Offering offering) {
        return offering.type() == CapacityType.SPOT
                ? List.of(SPOT)
                : List.of(offering.family().toLowerCase(Locale.ROOT), REGIONAL);
    }

    Optional<Usage> usage(String quota) {
        return Optional.ofNullable(byName.get(quota));
    }
}
