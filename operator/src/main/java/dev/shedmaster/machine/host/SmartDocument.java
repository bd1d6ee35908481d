package dev.shedmaster.machine.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.shedmaster.core.host.DiskHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What smartctl (of smartmontools, from 7.0 on) says of a disk as JSON. It has the same words for what all disks tell, and words of
 * their own for those of NVMe and ATA; what a disk does not tell is left out.
 *
 * @param root the document
 */
record SmartDocument(JsonNode root) {
    /** Of NVMe's critical warning the bit that says no more than that the disk is too hot, or too cold. */
    private static final int TEMPERATURE_WARNING = 0x02;

    private static final int REPLACED_SECTORS = 5;
    private static final int PENDING_SECTORS = 197;
    private static final int UNCORRECTABLE_SECTORS = 198;

    /** What is left of a disk's life in hundredths, by makers: 231 and 233 count down from 100, and so do 202 and 177. */
    private static final List<Integer> LIFE_LEFT = List.of(231, 233, 202, 177);

    /** What a disk says when it is about to fail. That it grows old or warm is no reason to leave it. */
    List<String> failings() {
        List<String> failings = new ArrayList<>();
        int warning = root.at("/smart_status/nvme/value").asInt(0);
        // smartctl calls a disk failed that is only too hot.
        boolean isOnlyTooHot = warning != 0 && (warning & ~TEMPERATURE_WARNING) == 0;
        if (!root.at("/smart_status/passed").asBoolean(true) && !isOnlyTooHot) {
            failings.add("its self-assessment is that it fails");
        }
        int spare = nvme().path("available_spare").asInt(100);
        if (spare < nvme().path("available_spare_threshold").asInt(0)) {
            failings.add("it has " + spare + " % of its spare blocks left");
        }
        return failings;
    }

    /** How much of what may be written to it is used, in hundredths; null if it does not say. */
    @Nullable
    Integer wearPercent() {
        for (JsonNode used : List.of(nvme().path("percentage_used"), root.at("/endurance_used/current_percent"))) {
            if (used.isNumber()) {
                return used.asInt();
            }
        }
        boolean isSolid = root.path("rotation_rate").asInt(1) == 0;
        return isSolid
                ? LIFE_LEFT.stream()
                        .map(this::attribute)
                        .filter(attribute -> attribute.path("value").isNumber())
                        .findFirst()
                        .map(attribute ->
                                Math.max(0, 100 - attribute.path("value").asInt()))
                        .orElse(null)
                : null;
    }

    DiskHealth health(String device) {
        String serial = root.path("serial_number").asText("");
        if (!root.has("smart_status")) {
            return silent(device, serial, silence());
        }
        return new DiskHealth(
                device,
                serial,
                failings(),
                (root.at("/smart_status/nvme/value").asInt(0) & TEMPERATURE_WARNING) != 0,
                integer(root.at("/temperature/current")),
                wearPercent(),
                number(root.at("/power_on_time/hours")),
                lost(),
                raw(REPLACED_SECTORS),
                "");
    }

    static DiskHealth silent(String device, String serial, String why) {
        return new DiskHealth(device, serial, List.of(), false, null, null, null, null, null, why);
    }

    private String silence() {
        String said = root.at("/smartctl/messages/0/string").asText("");
        return said.isEmpty() ? "smartctl tells nothing of it" : said;
    }

    private JsonNode nvme() {
        return root.path("nvme_smart_health_information_log");
    }

    private @Nullable Long lost() {
        Long ofNvme = number(nvme().path("media_errors"));
        Long pending = raw(PENDING_SECTORS);
        Long uncorrectable = raw(UNCORRECTABLE_SECTORS);
        if (ofNvme != null || (pending == null && uncorrectable == null)) {
            return ofNvme;
        }
        // The same sectors are in both, as far as they were tried again.
        return Math.max(pending == null ? 0 : pending, uncorrectable == null ? 0 : uncorrectable);
    }

    private @Nullable Long raw(int id) {
        return number(attribute(id).at("/raw/value"));
    }

    private JsonNode attribute(int id) {
        return StreamSupport.stream(root.at("/ata_smart_attributes/table").spliterator(), false)
                .filter(attribute -> attribute.path("id").asInt() == id)
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    private static @Nullable Integer integer(JsonNode node) {
        return node.isNumber() ? node.asInt() : null;
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isNumber() ? node.asLong() : null;
    }
}
