package dev.shedmaster.lab.robot.light.rescue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.robot.disk.DiskHealth;
import dev.shedmaster.lab.robot.disk.ServerDisk;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.light.SmartDocument;
import dev.shedmaster.lab.robot.system.BootedServer;

/** A server as the program in its rescue system describes it. */
final class HardwareDocument {
    private final BootedServer server;
    private final String hostname;

    HardwareDocument(BootedServer server, String hostname) {
        this.server = server;
        this.hostname = hostname;
    }

    /** One line; with marks and health only if they are asked for. */
    String text(boolean withMarks) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("bootId", server.bootId())
                .put("hostname", printable(hostname))
                .put("architecture", server.architecture())
                .put("cpus", server.hardware().cpus())
                .put("memoryBytes", server.hardware().memoryBytes());
        ArrayNode disks = document.putArray("disks");
        boolean isDying = withMarks && server.strikes(FaultKind.DISK_DYING);
        for (ServerDisk disk : server.disks()) {
            DiskHealth health = isDying && disks.isEmpty() ? DiskHealth.DYING : disk.health();
            disks.add(row(disk, withMarks, health));
        }
        return document + "\n";
    }

    private static ObjectNode row(ServerDisk disk, boolean withMarks, DiskHealth health) {
        ObjectNode row = JsonNodeFactory.instance
                .objectNode()
                .put("device", disk.spec().device())
                .put("wwn", printable(disk.spec().wwn()))
                .put("serial", printable(disk.spec().serial()))
                .put("bytes", disk.spec().bytes())
                .put("owner", withMarks ? printable(disk.owner()) : "");
        return row.set("health", withMarks ? SmartDocument.of(health) : JsonNodeFactory.instance.nullNode());
    }

    private static String printable(String text) {
        return text.replaceAll("[^A-Za-z0-9._:+ /@-]", "?");
    }
}
