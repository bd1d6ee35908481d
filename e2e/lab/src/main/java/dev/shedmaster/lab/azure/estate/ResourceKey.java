package dev.shedmaster.lab.azure.estate;

import java.util.Locale;

/** Finds a resource whatever the case in which it is named: Azure's names differ in case from answer to answer and mean the same. */
public record ResourceKey(String resourceGroup, String name) {

    public ResourceKey {
        resourceGroup = resourceGroup.toLowerCase(Locale.ROOT);
        name = name.toLowerCase(Locale.ROOT);
    }

    /** The key of a resource by its id, {@code /subscriptions/…/resourceGroups/{group}/providers/…/{name}}. */
    public static ResourceKey ofId(String id) {
        String[] segments = id.split("/");
        if (segments.length < 9) {
            throw new IllegalArgumentException("Not the id of a resource in a resource group: " + id);
        }
        return new ResourceKey(segments[4], segments[8]);
    }
}
