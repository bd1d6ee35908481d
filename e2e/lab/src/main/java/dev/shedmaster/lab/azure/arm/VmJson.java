package dev.shedmaster.lab.azure.arm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.azure.estate.ManagedDisk;
import dev.shedmaster.lab.azure.estate.PowerState;
import dev.shedmaster.lab.azure.estate.ProvisioningState;
import dev.shedmaster.lab.azure.estate.VirtualMachine;
import dev.shedmaster.lab.azure.estate.VirtualMachine.OsPhase;
import dev.shedmaster.lab.azure.fault.ArmError;
import dev.shedmaster.lab.guest.FirstBoot;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Machines as Azure shows them. Call it under the estate's lock. */
final class VmJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern GROUP = Pattern.compile("(?<=/resourceGroups/)[^/]+");

    private VmJson() {}

    /** One machine; its instance view is added by who wants it. */
    static ObjectNode of(VirtualMachine machine) {
        ObjectNode shown = NODES.objectNode();
        shown.put("name", machine.name());
        shown.put("id", machine.id());
        shown.put("type", "Microsoft.Compute/virtualMachines");
        shown.put("location", machine.location());
        shown.set("tags", tags(machine.tags()));
        if (machine.zone() != null) {
            shown.putArray("zones").add(machine.zone());
        }
        copy(machine, shown, "plan");
        copy(machine, shown, "identity");
        copy(machine, shown, "placement");
        shown.put("etag", machine.etag());
        ObjectNode properties = shown.putObject("properties");
        properties.setAll(machine.model());
        properties.put("provisioningState", machine.provisioning().wireName());
        return shown;
    }

    private static void copy(VirtualMachine machine, ObjectNode shown, String field) {
        JsonNode value = machine.plan().body().get(field);
        if (value != null) {
            shown.set(field, value);
        }
    }

    static ObjectNode tags(Map<String, String> tags) {
        ObjectNode shown = NODES.objectNode();
        tags.forEach(shown::put);
        return shown;
    }

    /** In lists and references Azure writes the group's name in capitals, whatever it was called when it was made. */
    static String loudId(String id) {
        Matcher group = GROUP.matcher(id);
        return group.replaceFirst(
                found -> Matcher.quoteReplacement(found.group().toUpperCase(Locale.ROOT)));
    }

    static ObjectNode instanceView(VirtualMachine machine) {
        ObjectNode view = NODES.objectNode();
        boolean up = machine.osPhase() == OsPhase.COMPLETE && machine.power() == PowerState.RUNNING;
        if (up) {
            boolean ignition = machine.plan().image().firstBoot() == FirstBoot.IGNITION;
            view.put("computerName", machine.name());
            view.put("osName", ignition ? "flatcar" : "ubuntu");
            view.put("osVersion", ignition ? "4593.2.1" : "24.04");
            ObjectNode agent = view.putObject("vmAgent").put("vmAgentVersion", "2.15.0.1");
            agent.putArray("statuses")
                    .addObject()
                    .put("code", "ProvisioningState/succeeded")
                    .put("level", "Info")
                    .put("displayStatus", "Ready")
                    .put("message", "Guest Agent is running")
                    .put("time", machine.changed().toString());
            agent.putArray("extensionHandlers");
        }
        ArrayNode disks = view.putArray("disks");
        for (ManagedDisk disk : machine.disks()) {
            disks.addObject()
                    .put("name", disk.name())
                    .putArray("statuses")
                    .add(status(
                            "ProvisioningState/succeeded",
                            "Provisioning succeeded",
                            null,
                            disk.created().toString()));
        }
        if (machine.plan().bootDiagnostics()) {
            // The platform's own storage: its addresses are only given by retrieveBootDiagnosticsData.
            view.putObject("bootDiagnostics");
        }
        view.put("hyperVGeneration", "V2");
        view.set("statuses", statuses(machine, machine.power()));
        return view;
    }

    /** The provisioning state and, once there is one, the power state. */
    static ArrayNode statuses(VirtualMachine machine, PowerState power) {
        ArrayNode statuses = NODES.arrayNode();
        String time = machine.changed().toString();
        ArmError failure = machine.failure();
        if (machine.provisioning() == ProvisioningState.FAILED && failure != null) {
            statuses.add(
                    status("ProvisioningState/failed/" + failure.code(), "Provisioning failed", failure.message(), time)
                            .put("level", "Error"));
        } else {
            String code = machine.provisioning().wireName().toLowerCase(Locale.ROOT);
            statuses.add(
                    status("ProvisioningState/" + code, machine.provisioning().display(), null, time));
        }
        if (machine.provisioning() == ProvisioningState.CREATING && machine.osPhase() == OsPhase.IN_PROGRESS) {
            statuses.add(status(
                    "ProvisioningState/creating/OSProvisioningInProgress", "OS Provisioning In progress", null, time));
        }
        if (power != PowerState.NONE) {
            statuses.add(NODES.objectNode()
                    .put("code", "PowerState/" + power.wireName())
                    .put("level", "Info")
                    .put("displayStatus", power.display()));
        }
        return statuses;
    }

    private static ObjectNode status(String code, String display, @Nullable String message, String time) {
        ObjectNode status =
                NODES.objectNode().put("code", code).put("level", "Info").put("displayStatus", display);
        if (message != null) {
            status.put("message", message);
        }
        return status.put("time", time);
    }
}
