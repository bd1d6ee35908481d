package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.Network;
import dev.shedmaster.lab.azure.estate.NetworkInterface;
import dev.shedmaster.lab.azure.estate.PublicIp;
import dev.shedmaster.lab.azure.estate.ResourceKey;
import dev.shedmaster.lab.http.LabAnswer;

/** NICs, public addresses and subnets. */
final class NetworkEndpoints {
    private static final String NIC = "Microsoft.Network/networkInterfaces";
    private static final String PUBLIC_IP = "Microsoft.Network/publicIPAddresses";

    private final Estate estate;
    private final ArmAnswers answers;

    NetworkEndpoints(Estate estate, ArmAnswers answers) {
        this.estate = estate;
        this.answers = answers;
    }

    private Network network() {
        return estate.network();
    }

    LabAnswer listNics(ArmCall call) {
        return estate.locked(() -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode value = body.putArray("value");
            network().nics().stream()
                    .filter(nic -> Listing.isWanted(call, nic.id()))
                    .forEach(nic -> value.add(shown(nic)));
            return LabAnswer.json(200, body);
        });
    }

    LabAnswer getNic(ArmCall call) {
        return estate.locked(() -> network()
                .nic(call.route().key())
                .map(nic -> LabAnswer.json(200, shown(nic)))
                .orElseThrow(() -> ArmAnswers.notFound(
                                NIC, call.route().name(), call.route().group())
                        .refusal()));
    }

    LabAnswer putNic(ArmCall call) {
        Field root = Field.root(call.body());
        String location = ArmRoute.location(root.at("location").text());
        Field properties = root.at("properties").required();
        Field ip = properties.at("ipConfigurations").required().at(0);
        String id = call.request().path();
        return estate.locked(() -> {
            NetworkInterface known = network().nic(call.route().key()).orElse(null);
            if (known != null) {
                return LabAnswer.json(200, shown(known));
            }
            String subnet = NetworkCheck.knownSubnet(
                    ip.at("properties").at("subnet").at("id").text(), network().subnets(), id);
            NetworkInterface nic = network()
                    .create(id, call.route().name(), location, root.at("tags").tags(), subnet, (ObjectNode)
                            properties.node());
            return answers.createdPart(
                    shown(nic),
                    estate.finishedOperation(
                            AzureCall.PUT_NIC, location, call.route().key()),
                    call.apiVersion());
        });
    }

    LabAnswer deleteNic(ArmCall call) {
        return estate.locked(() -> {
            NetworkInterface nic = network().nic(call.route().key()).orElse(null);
            return nic != null && network().deleteNic(call.route().key())
                    ? deleted(AzureCall.DELETE_NIC, nic.location(), call)
                    : LabAnswer.empty(204);
        });
    }

    private LabAnswer deleted(AzureCall what, String location, ArmCall call) {
        ResourceKey key = call.route().key();
        return answers.accepted(estate.finishedOperation(what, location, key), "Microsoft.Network", call.apiVersion());
    }

    LabAnswer listPublicIps(ArmCall call) {
        return estate.locked(() -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode value = body.putArray("value");
            network().publicIps().stream()
                    .filter(address -> Listing.isWanted(call, address.id()))
                    .forEach(address -> value.add(shown(address)));
            return LabAnswer.json(200, body);
        });
    }

    LabAnswer getPublicIp(ArmCall call) {
        return estate.locked(() -> network()
                .publicIp(call.route().key())
                .map(address -> LabAnswer.json(200, shown(address)))
                .orElseThrow(() -> ArmAnswers.notFound(
                                PUBLIC_IP, call.route().name(), call.route().group())
                        .refusal()));
    }

    LabAnswer deletePublicIp(ArmCall call) {
        return estate.locked(() -> {
            PublicIp address = network().publicIp(call.route().key()).orElse(null);
            return address != null && network().deletePublicIp(call.route().key())
                    ? deleted(AzureCall.DELETE_PUBLIC_IP, address.location(), call)
                    : LabAnswer.empty(204);
        });
    }

    LabAnswer getSubnet(ArmCall call) {
        String path = call.request().path();
        return network()
                .subnets()
                .find(path)
                .map(id -> {
                    ObjectNode body = JsonNodeFactory.instance
                            .objectNode()
                            .put("name", id.substring(id.lastIndexOf('/') + 1))
                            .put("id", id)
                            .put("type", "Microsoft.Network/virtualNetworks/subnets");
                    body.putObject("properties")
                            .put("provisioningState", "Succeeded")
                            .put("defaultOutboundAccess", false)
                            .putObject("natGateway")
                            .put("id", id.substring(0, id.indexOf("/virtualNetworks/")) + "/natGateways/out");
                    return LabAnswer.json(200, body);
                })
                .orElseThrow(() -> ArmAnswers.notFound(
                                "Microsoft.Network/virtualNetworks",
                                call.route().name(),
                                call.route().group())
                        .refusal());
    }

    private ObjectNode shown(NetworkInterface nic) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("name", nic.name()).put("id", nic.id()).put("type", NIC).put("location", nic.location());
        shown.set("tags", VmJson.tags(nic.tags()));
        ObjectNode properties = shown.putObject("properties");
        properties
                .put("provisioningState", "Succeeded")
                .put("primary", nic.isPrimary())
                .put(
                        "enableAcceleratedNetworking",
                        nic.config().path("enableAcceleratedNetworking").asBoolean(false))
                .put("enableIPForwarding", false);
        if (nic.config().hasNonNull("networkSecurityGroup")) {
            properties.set("networkSecurityGroup", nic.config().get("networkSecurityGroup"));
        }
        String owner = nic.usedById();
        if (owner != null) {
            properties.putObject("virtualMachine").put("id", VmJson.loudId(owner));
        }
        String ipName =
                nic.config().path("ipConfigurations").path(0).path("name").asText("ipconfig");
        ObjectNode ip = properties.putArray("ipConfigurations").addObject();
        ip.put("name", ipName).put("id", nic.id() + "/ipConfigurations/" + ipName);
        ObjectNode ipProperties = ip.putObject("properties");
        ipProperties
                .put("provisioningState", "Succeeded")
                .put("privateIPAddress", nic.privateIp())
                .put("privateIPAllocationMethod", "Dynamic")
                .put("primary", true)
                .putObject("subnet")
                .put("id", nic.subnetId());
        ResourceKey address = nic.publicIp();
        if (address != null) {
            network()
                    .publicIp(address)
                    .ifPresent(
                            known -> ipProperties.putObject("publicIPAddress").put("id", known.id()));
        }
        return shown;
    }

    private static ObjectNode shown(PublicIp address) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("name", address.name())
                .put("id", address.id())
                .put("type", PUBLIC_IP)
                .put("location", address.location());
        shown.set("tags", VmJson.tags(address.tags()));
        shown.putObject("sku").put("name", "Standard").put("tier", "Regional");
        ObjectNode properties = shown.putObject("properties");
        properties
                .put("provisioningState", "Succeeded")
                .put("ipAddress", address.address())
                .put("publicIPAddressVersion", "IPv4")
                .put("publicIPAllocationMethod", "Static");
        String user = address.usedById();
        if (user != null) {
            properties.putObject("ipConfiguration").put("id", user);
        }
        return shown;
    }
}
