package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.AzureImage;
import dev.shedmaster.api.v1alpha1.AzurePlacement;
import dev.shedmaster.api.v1alpha1.BootstrapFormat;
import dev.shedmaster.api.v1alpha1.EphemeralPlacement;
import dev.shedmaster.api.v1alpha1.ImagePlan;
import dev.shedmaster.api.v1alpha1.MachineRequirements;
import dev.shedmaster.api.v1alpha1.MarketplaceImage;
import dev.shedmaster.api.v1alpha1.OsDisk;
import dev.shedmaster.api.v1alpha1.OsDiskType;
import dev.shedmaster.api.v1alpha1.SecurityType;
import dev.shedmaster.kube.pool.Spans;
import dev.shedmaster.machine.azure.AzureVmSettings;
import dev.shedmaster.machine.azure.SystemDisk;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in the Azure adapter's words what a placement wants. */
public final class AzureSettings {
    private AzureSettings() {}

    /**
     * The placement's settings.
     *
     * @param machine what every worker of the pool must have
     */
    public static AzureVmSettings of(AzurePlacement placement, BootstrapFormat format, MachineRequirements machine) {
        return new AzureVmSettings(
                image(placement.image()),
                disk(placement.osDisk(), machine.disk()),
                placement.subnetId(),
                placement.networkSecurityGroupId(),
                placement.publicIp(),
                Objects.requireNonNullElse(placement.acceleratedNetworking(), true),
                placement.securityType() == SecurityType.TRUSTED_LAUNCH
                        ? AzureVmSettings.SecurityType.TRUSTED_LAUNCH
                        : AzureVmSettings.SecurityType.STANDARD,
                placement.identities(),
                placement.tags(),
                new AzureVmSettings.Admin(
                        Objects.requireNonNullElse(placement.adminUsername(), usualAdmin(format)),
                        placement.sshPublicKey()));
    }

    /** Azure wants an administrator; Flatcar's images call theirs {@code core}, others have none of their own. */
    private static String usualAdmin(BootstrapFormat format) {
        return switch (format) {
            case IGNITION -> "core";
            case CLOUD_INIT -> "azureuser";
        };
    }

    private static AzureVmSettings.Image image(AzureImage image) {
        MarketplaceImage marketplace = image.marketplace();
        if (marketplace != null) {
            ImagePlan plan = image.plan();
            return new AzureVmSettings.Image.Marketplace(
                    marketplace.publisher(),
                    marketplace.offer(),
                    marketplace.sku(),
                    marketplace.version(),
                    plan == null
                            ? null
                            : new AzureVmSettings.Image.Plan(plan.publisher(), plan.product(), plan.name()));
        }
        String id = Objects.requireNonNullElse(image.id(), "");
        return id.toLowerCase(Locale.ROOT).startsWith("/communitygalleries/")
                ? new AzureVmSettings.Image.Community(id)
                : new AzureVmSettings.Image.ById(id);
    }

    private static AzureVmSettings.OsDisk disk(OsDisk disk, @Nullable String free) {
        return new AzureVmSettings.OsDisk(
                disk.ephemeral(), placement(disk.placement()), size(disk.size(), free), type(disk));
    }

    /** What the placement says goes; the schema has seen to it that jobs find on it what they may count on. */
    private static @Nullable Integer size(@Nullable String given, @Nullable String free) {
        if (given != null) {
            return Spans.gibibytes(given);
        }
        return free == null ? null : SystemDisk.sizeFor(Spans.gibibytes(free));
    }

    private static AzureVmSettings.@Nullable DiskPlacement placement(@Nullable EphemeralPlacement placement) {
        return placement == null
                ? null
                : switch (placement) {
                    case CACHE_DISK -> AzureVmSettings.DiskPlacement.CACHE;
                    case RESOURCE_DISK -> AzureVmSettings.DiskPlacement.RESOURCE;
                    case NVME_DISK -> AzureVmSettings.DiskPlacement.NVME;
                };
    }

    private static String type(OsDisk disk) {
        if (disk.type() == null) {
            return disk.ephemeral() ? "Standard_LRS" : "StandardSSD_LRS";
        }
        OsDiskType type = disk.type();
        return switch (type) {
            case STANDARD_LRS -> "Standard_LRS";
            case STANDARD_SSD_LRS -> "StandardSSD_LRS";
            case STANDARD_SSD_ZRS -> "StandardSSD_ZRS";
            case PREMIUM_LRS -> "Premium_LRS";
            case PREMIUM_ZRS -> "Premium_ZRS";
        };
    }
}
