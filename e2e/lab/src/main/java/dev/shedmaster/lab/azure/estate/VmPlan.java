package dev.shedmaster.lab.azure.estate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.call.CallFacts;
import dev.shedmaster.lab.azure.catalog.ImageShelf.Image;
import dev.shedmaster.lab.azure.catalog.VmSize;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine that somebody asked for, checked.
 *
 * @param body the request's body as it came
 * @param zone null for a regional machine, and for one whose zone Azure is to choose
 * @param zoneChoices the zones from which Azure chooses; empty when there is nothing to choose
 * @param maxPrice dollars an hour; -1 means: up to the on-demand price
 * @param customData what the guest reads at its first boot, base64; null when none was given
 * @param userData base64 as it came; null when none was given
 */
public record VmPlan(
        ResourceKey key,
        String id,
        String name,
        String resourceGroup,
        String location,
        @Nullable String zone,
        List<String> zoneChoices,
        VmSize size,
        CallFacts.Priority priority,
        Eviction eviction,
        double maxPrice,
        Image image,
        OsDisk osDisk,
        List<DataDisk> dataDisks,
        List<InlineNic> inlineNics,
        List<NicReference> nics,
        @Nullable String customData,
        @Nullable String userData,
        boolean bootDiagnostics,
        Map<String, String> tags,
        ObjectNode body) {

    /** What an eviction does to a spot machine. */
    public enum Eviction {
        DELETE,
        DEALLOCATE
    }

    /**
     * The disk of the operating system.
     *
     * @param sizeGib what was asked for, or the image's own size
     */
    public record OsDisk(String name, boolean ephemeral, int sizeGib, String storageType, DeleteOption onDelete) {}

    /** An empty disk beside it. */
    public record DataDisk(String name, int lun, int sizeGib, String storageType, DeleteOption onDelete) {}

    /** A NIC that the platform creates together with the machine. */
    public record InlineNic(
            String configName,
            boolean primary,
            String subnetId,
            @Nullable InlinePublicIp publicIp,
            DeleteOption onDelete,
            Map<String, String> tags,
            ObjectNode config) {}

    public record InlinePublicIp(String configName, DeleteOption onDelete, Map<String, String> tags) {}

    /** A NIC that exists already. */
    public record NicReference(ResourceKey key, String id, boolean primary, DeleteOption onDelete) {}

    public boolean isSpot() {
        return priority == CallFacts.Priority.SPOT;
    }

    VmPlan inZone(String chosen) {
        return new VmPlan(
                key,
                id,
                name,
                resourceGroup,
                location,
                chosen,
                List.of(),
                size,
                priority,
                eviction,
                maxPrice,
                image,
                osDisk,
                dataDisks,
                inlineNics,
                nics,
                customData,
                userData,
                bootDiagnostics,
                tags,
                body);
    }

    public CallFacts facts(AzureCall call) {
        return new CallFacts(call, location, name, size.name(), zone, priority);
    }
}
