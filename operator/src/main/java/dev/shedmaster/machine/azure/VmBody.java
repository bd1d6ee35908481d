package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.machine.azure.AzureVmSettings.DiskPlacement;
import dev.shedmaster.machine.azure.AzureVmSettings.Image;
import dev.shedmaster.machine.azure.AzureVmSettings.OsDisk;
import dev.shedmaster.port.MachineName;
import dev.shedmaster.port.MachineOrder;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The one body that makes a machine with its disk, interface and address. All of them go with the machine, and a refusal
 * leaves none of them behind.
 */
final class VmBody {
    /** Azure's bound of the data before they are encoded. */
    static final int MAX_CUSTOM_DATA = 65_535;

    /** The newest that the inline interface knows. */
    private static final String NETWORK_API_VERSION = "2022-11-01";

    private final String location;
    private final ThrowawayKey throwawayKey;

    VmBody(String location, ThrowawayKey throwawayKey) {
        this.location = location;
        this.throwawayKey = throwawayKey;
    }

    /** The body for an order; {@code Invalid} naming the field if Azure would refuse the order for its form. */
    Outcome<ObjectNode> of(MachineOrder order, AzureVmSettings settings, Instant now) {
        if (MachineName.parse(order.name()).isEmpty()) {
            return invalid("name", "\"" + order.name() + "\" is not a machine's name");
        }
        byte[] data = order.bootData().getBytes(StandardCharsets.UTF_8);
        if (data.length > MAX_CUSTOM_DATA) {
            return invalid(
                    "bootstrap",
                    "the rendered boot data has " + data.length + " bytes and Azure takes at most " + MAX_CUSTOM_DATA
                            + ": make the template smaller, let it fetch its parts, or take from the CI server's"
                            + " caBundle what agents need not trust");
        }
        ObjectNode body = Json.object();
        body.put("location", location);
        Offering offering = order.offering();
        if (offering.zone() != null) {
            body.putArray("zones").add(offering.zone());
        }
        OwnerTags.write(body.putObject("tags"), order.owner(), now, settings.tags());
        identities(body, settings);
        plan(body, settings.image());
        ObjectNode properties = body.putObject("properties");
        properties.putObject("hardwareProfile").put("vmSize", offering.size());
        price(properties, offering.type());
        storage(properties.putObject("storageProfile"), order, settings);
        network(properties.putObject("networkProfile"), order, settings, now);
        guest(properties.putObject("osProfile"), order, settings, data);
        security(properties, settings);
        properties.putObject("diagnosticsProfile").putObject("bootDiagnostics").put("enabled", true);
        return Outcome.done(body);
    }

    private static void identities(ObjectNode body, AzureVmSettings settings) {
        if (!settings.identities().isEmpty()) {
            ObjectNode identity = body.putObject("identity").put("type", "UserAssigned");
            ObjectNode assigned = identity.putObject("userAssignedIdentities");
            settings.identities().forEach(assigned::putObject);
        }
    }

    private static void plan(ObjectNode body, Image image) {
        if (image instanceof Image.Marketplace marketplace && marketplace.plan() != null) {
            body.putObject("plan")
                    .put("publisher", marketplace.plan().publisher())
                    .put("product", marketplace.plan().product())
                    .put("name", marketplace.plan().name());
        }
    }

    /** Azure's default is to keep an evicted machine's disk, which costs and takes quota; we want it gone. */
    private static void price(ObjectNode properties, CapacityType type) {
        if (type == CapacityType.SPOT) {
            properties.put("priority", "Spot").put("evictionPolicy", "Delete");
            properties.putObject("billingProfile").put("maxPrice", -1);
        } else {
            properties.put("priority", "Regular");
        }
    }

    private static void storage(ObjectNode storage, MachineOrder order, AzureVmSettings settings) {
        ObjectNode reference = storage.putObject("imageReference");
        switch (settings.image()) {
            case Image.ById image -> reference.put("id", withoutLatest(image.id()));
            case Image.Community image -> reference.put("communityGalleryImageId", withoutLatest(image.id()));
            case Image.Marketplace image ->
                reference
                        .put("publisher", image.publisher())
                        .put("offer", image.offer())
                        .put("sku", image.sku())
                        .put("version", image.version());
        }
        OsDisk disk = settings.osDisk();
        ObjectNode osDisk = storage.putObject("osDisk")
                .put("name", order.name() + "-os")
                .put("createOption", "FromImage")
                .put("caching", disk.ephemeral() ? "ReadOnly" : "ReadWrite")
                .put("deleteOption", "Delete");
        if (disk.sizeGb() != null) {
            osDisk.put("diskSizeGB", disk.sizeGb());
        }
        osDisk.putObject("managedDisk").put("storageAccountType", disk.type());
        if (disk.ephemeral()) {
            ObjectNode local = osDisk.putObject("diffDiskSettings").put("option", "Local");
            DiskPlacement placement = placement(disk, order.offering().size());
            if (placement != null) {
                local.put("placement", placement.azureName());
            }
        }
    }

    private static @Nullable DiskPlacement placement(OsDisk disk, String size) {
        return disk.placement() != null
                ? disk.placement()
                : VmSize.parse(size).map(VmSize::ephemeralPlacement).orElse(null);
    }

    /** Azure says "latest" by naming no version, and people write it. */
    private static String withoutLatest(String id) {
        return id.replaceFirst("(?i)/versions/latest$", "");
    }

    private static void network(ObjectNode network, MachineOrder order, AzureVmSettings settings, Instant now) {
        network.put("networkApiVersion", NETWORK_API_VERSION);
        ObjectNode nic = network.putArray("networkInterfaceConfigurations").addObject();
        nic.put("name", order.name() + "-nic");
        OwnerTags.write(nic.putObject("tags"), order.owner(), now, settings.tags());
        ObjectNode properties = nic.putObject("properties")
                .put("primary", true)
                .put("deleteOption", "Delete")
                .put("enableAcceleratedNetworking", settings.acceleratedNetworking());
        if (settings.networkSecurityGroupId() != null) {
            properties.putObject("networkSecurityGroup").put("id", settings.networkSecurityGroupId());
        }
        ObjectNode ip = properties.putArray("ipConfigurations").addObject();
        ip.put("name", "ip1");
        ObjectNode ipProperties = ip.putObject("properties").put("primary", true);
        ipProperties.putObject("subnet").put("id", settings.subnetId());
        if (settings.publicIp()) {
            address(ipProperties.putObject("publicIPAddressConfiguration"), order, settings, now);
        }
    }

    private static void address(ObjectNode address, MachineOrder order, AzureVmSettings settings, Instant now) {
        address.put("name", order.name() + "-pip");
        address.putObject("sku").put("name", "Standard").put("tier", "Regional");
        OwnerTags.write(address.putObject("tags"), order.owner(), now, settings.tags());
        address.putObject("properties")
                .put("deleteOption", "Delete")
                .put("publicIPAllocationMethod", "Static")
                .put("publicIPAddressVersion", "IPv4");
    }

    /** Custom data, not user data: whatever runs on the machine can read the latter from the instance's metadata. */
    private void guest(ObjectNode guest, MachineOrder order, AzureVmSettings settings, byte[] data) {
        String user = settings.admin().user();
        String key = settings.admin().sshPublicKey();
        guest.put("computerName", order.name())
                .put("adminUsername", user)
                .put("customData", Base64.getEncoder().encodeToString(data));
        ObjectNode linux = guest.putObject("linuxConfiguration")
                .put("disablePasswordAuthentication", true)
                .put("provisionVMAgent", true);
        linux.putObject("ssh")
                .putArray("publicKeys")
                .addObject()
                .put("path", "/home/" + user + "/.ssh/authorized_keys")
                .put("keyData", key == null ? throwawayKey.line() : key);
    }

    private static void security(ObjectNode properties, AzureVmSettings settings) {
        switch (settings.securityType()) {
            // Saying nothing means Standard, and every version of the API takes it.
            case STANDARD -> {}
            case TRUSTED_LAUNCH -> {
                ObjectNode security = properties.putObject("securityProfile").put("securityType", "TrustedLaunch");
                security.putObject("uefiSettings")
                        .put("secureBootEnabled", false)
                        .put("vTpmEnabled", true);
            }
        }
    }

    private static Outcome<ObjectNode> invalid(String field, String why) {
        return Outcome.failed(new PortError.Invalid(field, field + ": " + why));
    }
}
