package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.call.AzureCall;
import dev.shedmaster.lab.azure.estate.Estate;
import dev.shedmaster.lab.azure.estate.ManagedDisk;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.http.LabAnswer;

/** Disks that are resources of their own. */
final class DiskEndpoints {
    private static final String TYPE = "Microsoft.Compute/disks";

    private final Estate estate;
    private final ArmAnswers answers;

    DiskEndpoints(Estate estate, ArmAnswers answers) {
        this.estate = estate;
        this.answers = answers;
    }

    LabAnswer list(ArmCall call) {
        return estate.locked(() -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            ArrayNode value = body.putArray("value");
            estate.disks().stream()
                    .filter(disk -> Listing.isWanted(call, disk.id()))
                    .forEach(disk -> value.add(shown(disk).put("id", VmJson.loudId(disk.id()))));
            return LabAnswer.json(200, body);
        });
    }

    LabAnswer get(ArmCall call) {
        return estate.locked(() -> estate.disk(call.route().key())
                .map(disk -> LabAnswer.json(200, shown(disk)))
                .orElseThrow(() -> ArmAnswers.notFound(
                                TYPE, call.route().name(), call.route().group())
                        .refusal()));
    }

    LabAnswer delete(ArmCall call) {
        return estate.locked(() -> {
            ManagedDisk disk = estate.disk(call.route().key()).orElse(null);
            if (disk == null) {
                return LabAnswer.empty(204);
            }
            if (disk.usedById() != null) {
                throw ArmError.of(
                                409,
                                "OperationNotAllowed",
                                "Disk " + disk.name() + " is attached to VM " + disk.usedById() + ".")
                        .refusal();
            }
            estate.deleteDisk(call.route().key());
            return answers.accepted(
                    estate.finishedOperation(
                            AzureCall.DELETE_DISK, disk.location(), call.route().key()),
                    "Microsoft.Compute",
                    call.apiVersion());
        });
    }

    private static ObjectNode shown(ManagedDisk disk) {
        ObjectNode shown = JsonNodeFactory.instance.objectNode();
        shown.put("name", disk.name()).put("id", disk.id()).put("type", TYPE).put("location", disk.location());
        shown.set("tags", VmJson.tags(disk.tags()));
        shown.putObject("sku").put("name", disk.storageType());
        if (disk.zone() != null) {
            shown.putArray("zones").add(disk.zone());
        }
        String owner = disk.usedById();
        if (owner != null) {
            shown.put("managedBy", VmJson.loudId(owner));
        }
        ObjectNode properties = shown.putObject("properties");
        properties
                .put("diskSizeGB", disk.sizeGib())
                .put("timeCreated", disk.created().toString())
                .put("provisioningState", "Succeeded")
                .put("diskState", owner == null ? "Unattached" : "Attached");
        properties.putObject("creationData").put("createOption", "FromImage");
        return shown;
    }
}
