package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.estate.VirtualMachine;
import dev.shedmaster.lab.azure.fault.ArmError;
import java.util.List;

/** What a second PUT must not change. What it leaves out stays as it is. */
final class VmChange {
    private static final List<String> FIXED = List.of(
            "osProfile.customData",
            "osProfile.computerName",
            "osProfile.adminUsername",
            "osProfile.linuxConfiguration",
            "hardwareProfile.vmSize",
            "storageProfile.imageReference",
            "storageProfile.osDisk.createOption",
            "storageProfile.osDisk.diffDiskSettings",
            "networkProfile.networkInterfaceConfigurations",
            "priority",
            "evictionPolicy",
            "securityProfile");

    /** Refuses a body that would change such a property. */
    void refuse(VirtualMachine machine, ObjectNode body) {
        JsonNode before = machine.plan().body();
        String location = ArmRoute.location(body.path("location").asText(machine.location()));
        if (!location.equals(machine.location())) {
            throw ArmError.of(
                            409,
                            "InvalidResourceLocation",
                            "The resource '" + machine.name() + "' already exists in location '" + machine.location()
                                    + "'. A resource with the same name cannot be created in location '" + location
                                    + "'. Please select a new resource name.")
                    .refusal();
        }
        if (body.has("zones") && !body.get("zones").equals(before.path("zones"))) {
            throw changed("zones");
        }
        for (String property : FIXED) {
            String pointer = "/properties/" + property.replace('.', '/');
            JsonNode wanted = body.at(pointer);
            if (!wanted.isMissingNode() && !same(wanted, before.at(pointer))) {
                throw changed(property);
            }
        }
    }

    /** Texts are compared without regard to case, as Azure does with sizes and names. */
    private static boolean same(JsonNode one, JsonNode other) {
        return one.equals(other)
                || (one.isTextual() && other.isTextual() && one.asText().equalsIgnoreCase(other.asText()));
    }

    private static RuntimeException changed(String property) {
        String shortName = property.substring(property.lastIndexOf('.') + 1);
        return ArmError.of(
                        409,
                        "PropertyChangeNotAllowed",
                        "Changing property '" + property + "' is not allowed.",
                        shortName)
                .refusal();
    }
}
