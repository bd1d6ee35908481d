package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.estate.DeleteOption;
import dev.shedmaster.lab.azure.estate.ResourceKey;
import dev.shedmaster.lab.azure.estate.Subnets;
import dev.shedmaster.lab.azure.estate.VmPlan.InlineNic;
import dev.shedmaster.lab.azure.estate.VmPlan.InlinePublicIp;
import dev.shedmaster.lab.azure.estate.VmPlan.NicReference;
import dev.shedmaster.lab.azure.fault.ArmError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The network profile: NICs that exist, or configurations of NICs that the platform makes. */
final class NetworkCheck {
    private static final Set<String> NETWORK_API_VERSIONS = Set.of("2020-11-01", "2022-11-01");

    /** What the machine is connected by. */
    record Interfaces(List<InlineNic> inline, List<NicReference> existing) {}

    private final Subnets subnets;

    NetworkCheck(Subnets subnets) {
        this.subnets = subnets;
    }

    Interfaces check(Field properties, String vmId) {
        Field profile = properties.at("networkProfile").required();
        Field configurations = profile.at("networkInterfaceConfigurations");
        Field references = profile.at("networkInterfaces");
        if (configurations.size() > 0 && references.size() > 0) {
            throw profile.invalid("Only one of networkInterfaces and networkInterfaceConfigurations can be given.");
        }
        if (configurations.size() == 0 && references.size() == 0) {
            throw ArmError.of(
                            400,
                            "InvalidParameter",
                            "Virtual machine must have at least one network interface: give networkInterfaces or"
                                    + " networkInterfaceConfigurations.",
                            references.path())
                    .refusal();
        }
        if (configurations.size() > 0) {
            Field version = profile.at("networkApiVersion");
            if (!NETWORK_API_VERSIONS.contains(version.text())) {
                throw version.invalid("The value '" + version.text()
                        + "' of parameter 'networkApiVersion' is not valid: use 2020-11-01 or" + " 2022-11-01.");
            }
        }
        return new Interfaces(inline(configurations, vmId), existing(references));
    }

    private List<InlineNic> inline(Field configurations, String vmId) {
        List<InlineNic> nics = new ArrayList<>();
        for (int i = 0; i < configurations.size(); i++) {
            nics.add(inlineNic(configurations.at(i), configurations.size() == 1, vmId));
        }
        requireOnePrimary(
                configurations, nics.stream().filter(InlineNic::primary).count(), nics.size());
        return nics;
    }

    private static void requireOnePrimary(Field list, long primaries, int count) {
        if (count > 0 && primaries != 1) {
            throw list.invalid("Virtual machine must have exactly one network interface that is primary, but has "
                    + primaries + ".");
        }
    }

    private InlineNic inlineNic(Field configuration, boolean only, String vmId) {
        String name = configuration.at("name").text();
        Field properties = configuration.at("properties").required();
        Field ipConfigurations = properties.at("ipConfigurations");
        if (ipConfigurations.size() == 0) {
            throw ipConfigurations.missing();
        }
        Field first = ipConfigurations.at(0);
        first.at("name").text();
        Field subnet = first.at("properties").at("subnet").at("id");
        return new InlineNic(
                name,
                properties.at("primary").flag(only),
                knownSubnet(subnet.text(), subnets, vmId),
                publicIp(first.at("properties").at("publicIPAddressConfiguration")),
                StorageCheck.deleteOption(properties, DeleteOption.DETACH),
                tags(configuration),
                (ObjectNode) properties.node());
    }

    private static Map<String, String> tags(Field owner) {
        return owner.at("tags").tags();
    }

    /** The subnet's id as it is known; refuses a subnet that isn't. */
    static String knownSubnet(String id, Subnets subnets, String referrer) {
        return subnets.find(id)
                .orElseThrow(() -> ArmError.of(
                                400,
                                "InvalidResourceReference",
                                "Resource " + id + " referenced by resource " + referrer
                                        + " was not found. Please make sure that the referenced resource exists, and that both resources are in the same"
                                        + " region.")
                        .refusal());
    }

    private static @Nullable InlinePublicIp publicIp(Field configuration) {
        if (!configuration.isPresent()) {
            return null;
        }
        Field sku = configuration.at("sku").at("name");
        if (!sku.optionalText().orElse("Basic").equals("Standard")) {
            throw sku.invalid(
                    "Cannot create a Basic SKU public IP address: Basic SKU public IP addresses are retired. Use Standard.");
        }
        Field method = configuration.at("properties").at("publicIPAllocationMethod");
        if (!method.optionalText().orElse("Dynamic").equals("Static")) {
            throw method.invalid("Standard SKU public IP addresses must have the allocation method Static.");
        }
        return new InlinePublicIp(
                configuration.at("name").text(),
                StorageCheck.deleteOption(configuration.at("properties"), DeleteOption.DETACH),
                tags(configuration));
    }

    private static List<NicReference> existing(Field references) {
        List<NicReference> nics = new ArrayList<>();
        for (int i = 0; i < references.size(); i++) {
            Field reference = references.at(i);
            Field id = reference.at("id");
            Field properties = reference.at("properties");
            try {
                nics.add(new NicReference(
                        ResourceKey.ofId(id.text()),
                        id.text(),
                        properties.at("primary").flag(references.size() == 1),
                        StorageCheck.deleteOption(properties, DeleteOption.DETACH)));
            } catch (IllegalArgumentException broken) {
                throw id.invalid("The value '" + id.text() + "' is not the id of a network interface.");
            }
        }
        requireOnePrimary(
                references, nics.stream().filter(NicReference::primary).count(), nics.size());
        return nics;
    }
}
