package dev.shedmaster.machine.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.core.host.Disk;
import dev.shedmaster.core.host.Hardware;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import dev.shedmaster.port.RescueSystem.RescueReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the program in the rescue system prints of a server. */
@JsonIgnoreProperties(ignoreUnknown = true)
record RescueDocument(
        String bootId, String hostname, String architecture, int cpus, long memoryBytes, List<DiskRow> disks) {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    /**
     * One disk.
     *
     * @param owner whose mark it bears; empty if it bears none, or marks were not looked for
     * @param health smartctl's own document; null where the disk tells nothing, or was not asked
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record DiskRow(
            String device,
            String wwn,
            String serial,
            long bytes,
            String owner,
            @Nullable JsonNode health) {

        Disk disk() {
            return new Disk(device, wwn, serial, bytes, owner, health == null ? List.of() : failings(health));
        }

        /** One that is worn out may go on for long, and is not begun with again. */
        private static List<String> failings(JsonNode health) {
            SmartDocument smart = new SmartDocument(health);
            List<String> failings = new ArrayList<>(smart.failings());
            Integer used = smart.wearPercent();
            if (used != null && used >= 100) {
                failings.add("it is worn out: " + used + " % of its life are used");
            }
            return failings;
        }
    }

    static Outcome<RescueDocument> read(String text) {
        try {
            return Outcome.done(MAPPER.readValue(text, RescueDocument.class));
        } catch (JsonProcessingException e) {
            return Outcome.failed(
                    new PortError.Transient("the rescue system's answer cannot be read: " + e.getOriginalMessage()));
        }
    }

    RescueReport report() {
        return new RescueReport(
                bootId,
                hostname,
                new Hardware(
                        MachineWord.architecture(architecture),
                        cpus,
                        memoryBytes,
                        disks.stream().map(DiskRow::disk).toList()));
    }
}
