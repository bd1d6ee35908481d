package dev.shedmaster.lab.azure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.identity.Account;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Bodies of creating PUTs. */
final class SampleVm {
    static final String SUBSCRIPTION = Account.sample().subscriptionId();
    private static final ObjectMapper JSON = new ObjectMapper();

    private SampleVm() {}

    /** What the project asks for: one PUT with an inline NIC, everything deleted together. */
    static ObjectNode body(String name) {
        ObjectNode body = JSON.createObjectNode().put("location", "westeurope");
        body.putObject("tags").put("fleet-owner", "test").put("fleet-worker", name);
        ObjectNode properties = body.putObject("properties");
        properties.putObject("hardwareProfile").put("vmSize", "Standard_D8ds_v5");
        ObjectNode storage = properties.putObject("storageProfile");
        storage.putObject("imageReference")
                .put("publisher", "kinvolk")
                .put("offer", "flatcar-container-linux-corevm-amd64")
                .put("sku", "stable-gen2")
                .put("version", "4593.2.1");
        ObjectNode disk = storage.putObject("osDisk");
        disk.put("createOption", "FromImage")
                .put("caching", "ReadOnly")
                .put("deleteOption", "Delete")
                .put("diskSizeGB", 64);
        disk.putObject("diffDiskSettings").put("option", "Local").put("placement", "ResourceDisk");
        disk.putObject("managedDisk").put("storageAccountType", "Standard_LRS");
        ObjectNode network = properties.putObject("networkProfile").put("networkApiVersion", "2022-11-01");
        ObjectNode nic =
                network.putArray("networkInterfaceConfigurations").addObject().put("name", name + "-nic");
        nic.putObject("tags").put("fleet-worker", name);
        ObjectNode nicProperties =
                nic.putObject("properties").put("primary", true).put("deleteOption", "Delete");
        ObjectNode ip = nicProperties.putArray("ipConfigurations").addObject().put("name", "ip1");
        ip.putObject("properties").put("primary", true).putObject("subnet").put("id", Options.subnetId(SUBSCRIPTION));
        ObjectNode os = properties.putObject("osProfile");
        os.put("computerName", name).put("adminUsername", "core");
        ObjectNode linux = os.putObject("linuxConfiguration").put("disablePasswordAuthentication", true);
        linux.putObject("ssh")
                .putArray("publicKeys")
                .addObject()
                .put("path", "/home/core/.ssh/authorized_keys")
                .put("keyData", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJfFSWkvcFjLYqm6JXy6mYMVqMGFxyVhOD0sIB0hnJDe lab");
        properties.putObject("diagnosticsProfile").putObject("bootDiagnostics").put("enabled", true);
        return body;
    }

    static ObjectNode properties(ObjectNode body) {
        return body.withObject("properties");
    }

    static ObjectNode ofSize(ObjectNode body, String size) {
        properties(body).withObject("hardwareProfile").put("vmSize", size);
        return body;
    }

    static ObjectNode inZone(ObjectNode body, String zone) {
        body.withArray("zones").add(zone);
        return body;
    }

    static ObjectNode spot(ObjectNode body) {
        properties(body).put("priority", "Spot").put("evictionPolicy", "Delete");
        properties(body).putObject("billingProfile").put("maxPrice", -1);
        return body;
    }

    /** A disk that is a resource, instead of an ephemeral one. */
    static ObjectNode onManagedDisk(ObjectNode body, String deleteOption) {
        ObjectNode disk = osDisk(body);
        disk.remove("diffDiskSettings");
        disk.put("deleteOption", deleteOption);
        return body;
    }

    static ObjectNode osDisk(ObjectNode body) {
        return properties(body).withObject("storageProfile").withObject("osDisk");
    }

    static ObjectNode inlineNic(ObjectNode body) {
        ArrayNode nics = properties(body).withObject("networkProfile").withArray("networkInterfaceConfigurations");
        return (ObjectNode) nics.get(0);
    }

    static ObjectNode withCustomData(ObjectNode body, String customData) {
        properties(body)
                .withObject("osProfile")
                .put("customData", Base64.getEncoder().encodeToString(customData.getBytes(StandardCharsets.UTF_8)));
        return body;
    }

    /** Ubuntu, which reads a cloud-config where Flatcar reads Ignition. */
    static ObjectNode onUbuntu(ObjectNode body) {
        properties(body)
                .withObject("storageProfile")
                .putObject("imageReference")
                .put("publisher", "Canonical")
                .put("offer", "ubuntu-24_04-lts")
                .put("sku", "server")
                .put("version", "latest");
        return body;
    }
}
