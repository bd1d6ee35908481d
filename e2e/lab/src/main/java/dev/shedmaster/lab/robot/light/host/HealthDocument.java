package dev.shedmaster.lab.robot.light.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.robot.disk.DiskHealth;
import dev.shedmaster.lab.robot.disk.ServerDisk;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.light.SmartDocument;
import dev.shedmaster.lab.robot.system.BootedServer;

/** How a host's hardware does, as its program tells it. Of one boot, which counts memory errors from none on. */
final class HealthDocument {
    private static final int COOL = 48_000;
    private static final int HOT = 105_000;
    private static final int COOL_DISK = 41_850;
    private static final int CRITICAL_FOR_A_DISK = 84_850;
    private static final int CORRECTED_AT_ONCE = 100;
    private static final long BYTES_AN_INODE = 16_384;

    private final BootedServer server;
    private final HostClock clock;
    private final Scratch scratch;
    private int corrected;
    private int uncorrected;

    HealthDocument(BootedServer server, HostClock clock, Scratch scratch) {
        this.server = server;
        this.clock = clock;
        this.scratch = scratch;
    }

    /** One line. */
    String text() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        disks(document.putArray("disks"));
        sensors(document.putArray("sensors"));
        document.putArray("memory").add(memory());
        document.set("scratch", space("/var/lib/shedmaster", scratch.bytes(), scratch.freeBytes()));
        long root =
                server.disks().isEmpty() ? 0 : server.disks().getFirst().spec().bytes();
        document.set("root", scratch.isAlone() ? space("/", root, root / 10 * 9) : JsonNodeFactory.instance.nullNode());
        ArrayNode arrays = document.putArray("arrays");
        if (server.strikes(FaultKind.ARRAY_DEGRADED)) {
            arrays.addObject().put("name", "md0").put("missing", 1);
        }
        return document + "\n";
    }

    private void disks(ArrayNode rows) {
        for (ServerDisk disk : server.disks()) {
            ObjectNode row = rows.addObject().put("device", disk.spec().device());
            boolean isFirst = rows.size() == 1;
            if (isFirst && server.strikes(FaultKind.DISK_MUTE)) {
                row.put("silence", "it has not answered in 10 s").putNull("smart");
                continue;
            }
            DiskHealth health = isFirst ? ofFirst(disk) : disk.health();
            row.put("silence", "")
                    .set(
                            "smart",
                            SmartDocument.of(health)
                                    .put("serial_number", disk.spec().serial()));
        }
    }

    private DiskHealth ofFirst(ServerDisk disk) {
        if (server.strikes(FaultKind.DISK_DYING)) {
            return DiskHealth.DYING;
        }
        return server.strikes(FaultKind.DISK_WORN) ? DiskHealth.WORN : disk.health();
    }

    private void sensors(ArrayNode rows) {
        boolean isHot = server.strikes(FaultKind.OVERHEATED);
        rows.addObject()
                .put("chip", "apm_xgene")
                .put("device", "APMC0D29:00")
                .put("label", "SoC Temperature")
                .put("milliCelsius", isHot ? HOT : COOL)
                .putNull("criticalMilliCelsius")
                .put("alarm", isHot ? 1 : 0);
        for (int i = 0; i < server.disks().size(); i++) {
            rows.addObject()
                    .put("chip", "nvme")
                    .put("device", "nvme" + i)
                    .put("label", "Composite")
                    .put("milliCelsius", COOL_DISK)
                    .put("criticalMilliCelsius", CRITICAL_FOR_A_DISK)
                    .putNull("alarm");
        }
    }

    private ObjectNode memory() {
        corrected += server.strikes(FaultKind.MEMORY_CORRECTS) ? CORRECTED_AT_ONCE : 0;
        uncorrected += server.strikes(FaultKind.MEMORY_LOSES) ? 1 : 0;
        return JsonNodeFactory.instance
                .objectNode()
                .put("controller", "mc0")
                .put("corrected", corrected)
                .put("uncorrected", uncorrected)
                .put("seconds", clock.uptimeSeconds().longValue());
    }

    private static ObjectNode space(String path, long bytes, long free) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("path", path)
                .put("bytes", bytes)
                .put("freeBytes", free)
                .put("inodes", bytes / BYTES_AN_INODE)
                .put("freeInodes", free / BYTES_AN_INODE);
    }
}
