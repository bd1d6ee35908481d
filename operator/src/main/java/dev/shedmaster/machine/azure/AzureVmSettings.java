package dev.shedmaster.machine.azure;

import dev.shedmaster.port.MachineSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an Azure placement says of its machines beside size, zone and priority.
 *
 * @param subnetId exists already and is only referenced
 * @param networkSecurityGroupId put on the machine's interface; null leaves it to the subnet's
 * @param publicIp give the machine an address of its own; without one the subnet needs a way out
 * @param securityType {@code Standard} or {@code TrustedLaunch}; Flatcar boots with {@code Standard}
 * @param identities user-assigned identities that every job on the machine can use; best none
 * @param tags put on the machine and its interface beside the owner's tags, which win
 */
public record AzureVmSettings(
        Image image,
        OsDisk osDisk,
        String subnetId,
        @Nullable String networkSecurityGroupId,
        boolean publicIp,
        boolean acceleratedNetworking,
        SecurityType securityType,
        List<String> identities,
        Map<String, String> tags,
        Admin admin)
        implements MachineSettings {

    public AzureVmSettings {
        identities = List.copyOf(identities);
        tags = Map.copyOf(tags);
    }

    /** What the machine boots. */
    public sealed interface Image {
        /** An image of one's own: a gallery image (without a version: the latest) or a managed image. */
        record ById(String id) implements Image {}

        /** One that a community gallery shares: {@code /communityGalleries/…/images/…/versions/…}. */
        record Community(String id) implements Image {}

        /**
         * One that is sold in the marketplace.
         *
         * @param plan null for offers that have none, which need no terms accepted
         */
        record Marketplace(
                String publisher,
                String offer,
                String sku,
                String version,
                @Nullable Plan plan) implements Image {}

        /** What is bought with the image; its terms must have been accepted once in the subscription. */
        record Plan(String publisher, String product, String name) {}
    }

    /**
     * The machine's disk.
     *
     * @param ephemeral on the host's own disk: faster, free, and gone with the machine
     * @param placement which of the host's disks an ephemeral disk takes; null lets the size decide
     * @param sizeGb null takes the image's own size
     * @param type the storage account type, such as {@code StandardSSD_LRS}
     */
    public record OsDisk(
            boolean ephemeral,
            @Nullable DiskPlacement placement,
            @Nullable Integer sizeGb,
            String type) {}

    /** The host's disks. */
    public enum DiskPlacement {
        CACHE("CacheDisk"),
        RESOURCE("ResourceDisk"),
        NVME("NvmeDisk");

        private final String azureName;

        DiskPlacement(String azureName) {
            this.azureName = azureName;
        }

        String azureName() {
            return azureName;
        }
    }

    /** How the machine's firmware starts it. */
    public enum SecurityType {
        STANDARD,
        TRUSTED_LAUNCH
    }

    /**
     * Azure wants an administrator on every Linux machine.
     *
     * @param sshPublicKey who may log in; null for nobody
     */
    public record Admin(String user, @Nullable String sshPublicKey) {}
}
