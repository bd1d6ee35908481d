package dev.shedmaster.lab.azure.arm;

import dev.shedmaster.lab.azure.estate.ResourceKey;

/** Which resources a list shows: those of its group, or all when it is the subscription's. */
final class Listing {
    private Listing() {}

    static boolean isWanted(ArmCall call, String resourceId) {
        String group = call.route().resourceGroup();
        return group == null || ResourceKey.ofId(resourceId).resourceGroup().equalsIgnoreCase(group);
    }
}
