package dev.shedmaster.lab.azure.estate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Makes of a request's body the {@code properties} that Azure answers: no secrets, defaults filled in, inline NICs by their final names. */
final class VmModel {
    private VmModel() {}

    static ObjectNode of(VmPlan plan, String vmId, List<NetworkInterface> nics, String diskGroupId, String created) {
        ObjectNode properties = plan.body().path("properties").deepCopy();
        properties.remove(List.of("userData", "networkProfile", "provisioningState", "vmId", "timeCreated"));
        if (properties.get("osProfile") instanceof ObjectNode os) {
            // Write-only: never shown again.
            os.remove(List.of("customData", "adminPassword"));
            os.putArray("secrets");
            os.put("allowExtensionOperations", true);
            os.put("requireGuestProvisionSignal", true);
        }
        storage(plan, properties.withObject("storageProfile"), diskGroupId);
        ArrayNode interfaces = properties.putObject("networkProfile").putArray("networkInterfaces");
        for (NetworkInterface nic : nics) {
            ObjectNode entry = interfaces.addObject().put("id", nic.id);
            entry.putObject("properties").put("primary", nic.primary).put("deleteOption", nic.onDelete.wireName());
        }
        properties.put("vmId", vmId);
        properties.put("timeCreated", created);
        return properties;
    }

    private static void storage(VmPlan plan, ObjectNode storage, String diskGroupId) {
        VmPlan.OsDisk wanted = plan.osDisk();
        ObjectNode osDisk = storage.withObject("osDisk");
        osDisk.put("osType", "Linux")
                .put("name", wanted.name())
                .put("createOption", "FromImage")
                .put("diskSizeGB", wanted.sizeGib())
                .put("deleteOption", wanted.onDelete().wireName());
        if (!osDisk.has("caching")) {
            osDisk.put("caching", "ReadWrite");
        }
        osDisk.withObject("managedDisk")
                .put("storageAccountType", wanted.storageType())
                .put("id", diskGroupId + wanted.name());
        ArrayNode dataDisks = storage.putArray("dataDisks");
        for (VmPlan.DataDisk disk : plan.dataDisks()) {
            ObjectNode entry = dataDisks
                    .addObject()
                    .put("lun", disk.lun())
                    .put("name", disk.name())
                    .put("createOption", "Empty")
                    .put("caching", "None")
                    .put("diskSizeGB", disk.sizeGib())
                    .put("deleteOption", disk.onDelete().wireName());
            entry.putObject("managedDisk")
                    .put("storageAccountType", disk.storageType())
                    .put("id", diskGroupId + disk.name());
        }
        if (storage.get("imageReference") instanceof ObjectNode image && image.has("version")) {
            JsonNode version = image.get("version");
            boolean latest = version.asText().toLowerCase(Locale.ROOT).equals("latest");
            image.put("exactVersion", latest ? "4593.2.1" : version.asText());
        }
    }
}
