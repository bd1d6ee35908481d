package dev.shedmaster.lab.robot.light;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.robot.disk.DiskHealth;

/** What smartctl says of an NVMe disk, as JSON. */
public final class SmartDocument {
    private static final int SPARE_THRESHOLD = 10;

    /** Of the critical warning: spare blocks are below their threshold, and the disk is not reliable any more. */
    private static final int FAILING = 0x05;

    private static final int CELSIUS = 41;
    private static final int HOURS = 12_345;

    private SmartDocument() {}

    public static ObjectNode of(DiskHealth health) {
        ObjectNode smart = JsonNodeFactory.instance.objectNode();
        int warning = health.passed() ? 0 : FAILING;
        smart.putObject("smart_status")
                .put("passed", health.passed())
                .putObject("nvme")
                .put("value", warning);
        smart.putObject("nvme_smart_health_information_log")
                .put("critical_warning", warning)
                .put("temperature", CELSIUS)
                .put("available_spare", health.sparePercent())
                .put("available_spare_threshold", SPARE_THRESHOLD)
                .put("percentage_used", health.usedPercent())
                .put("power_on_hours", HOURS)
                .put("media_errors", 0);
        smart.putObject("temperature").put("current", CELSIUS);
        smart.putObject("power_on_time").put("hours", HOURS);
        return smart;
    }
}
