package dev.shedmaster.machine.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.core.host.DiskHealth;
import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.core.host.HardwareReport.DiskArray;
import dev.shedmaster.core.host.HardwareReport.FileSystem;
import dev.shedmaster.core.host.HardwareReport.MemoryErrors;
import dev.shedmaster.core.host.HardwareReport.Sensor;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What {@code shedmaster-host health} prints. */
@JsonIgnoreProperties(ignoreUnknown = true)
record HealthDocument(
        List<DiskRow> disks,
        List<SensorRow> sensors,
        List<MemoryRow> memory,
        SpaceRow scratch,
        @Nullable SpaceRow root,
        List<ArrayRow> arrays) {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    HealthDocument {
        disks = List.copyOf(disks);
        sensors = List.copyOf(sensors);
        memory = List.copyOf(memory);
        arrays = List.copyOf(arrays);
        Objects.requireNonNull(scratch, "scratch");
    }

    /**
     * One disk.
     *
     * @param silence why smartctl was not asked, or has not answered; empty if it has
     * @param smart its document; null if there is none
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record DiskRow(String device, String silence, @Nullable JsonNode smart) {
        DiskHealth health() {
            return smart == null || smart.isNull()
                    ? SmartDocument.silent(device, "", silence)
                    : new SmartDocument(smart).health(device);
        }
    }

    /** One sensor, in thousandths of a degree as Linux has them; an alarm is 0 or 1. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record SensorRow(
            String chip,
            String device,
            String label,
            @Nullable Long milliCelsius,
            @Nullable Long criticalMilliCelsius,
            @Nullable Integer alarm) {

        Stream<Sensor> sensor() {
            return milliCelsius == null
                    ? Stream.empty()
                    : Stream.of(new Sensor(
                            name(),
                            milliCelsius / 1000.0,
                            criticalMilliCelsius == null ? null : criticalMilliCelsius / 1000.0,
                            alarm == null ? null : alarm != 0));
        }

        private String name() {
            return Stream.of(chip, device, label)
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.joining(" "));
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record MemoryRow(
            String controller,
            @Nullable Long corrected,
            @Nullable Long uncorrected,
            @Nullable Long seconds) {

        Stream<MemoryErrors> errors() {
            return corrected == null || uncorrected == null
                    ? Stream.empty()
                    : Stream.of(new MemoryErrors(controller, corrected, uncorrected, seconds));
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record SpaceRow(
            String path,
            long bytes,
            long freeBytes,
            @Nullable Long inodes,
            @Nullable Long freeInodes) {

        FileSystem fileSystem() {
            return new FileSystem(path, bytes, freeBytes, inodes, freeInodes);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    record ArrayRow(String name, @Nullable Integer missing) {}

    static Outcome<HealthDocument> read(String text) {
        try {
            HealthDocument document = MAPPER.readValue(text, HealthDocument.class);
            return document == null ? Outcome.failed(unreadable("it is null")) : Outcome.done(document);
        } catch (JsonProcessingException e) {
            return Outcome.failed(unreadable(e.getOriginalMessage()));
        }
    }

    private static PortError unreadable(String why) {
        return new PortError.Transient("what the server says of its hardware cannot be read: " + why);
    }

    HardwareReport report() {
        return new HardwareReport(
                disks.stream().map(DiskRow::health).toList(),
                sensors.stream().flatMap(SensorRow::sensor).toList(),
                memory.stream().flatMap(MemoryRow::errors).toList(),
                scratch.fileSystem(),
                root == null ? null : root.fileSystem(),
                arrays.stream()
                        .filter(array -> array.missing() != null)
                        .map(array -> new DiskArray(array.name(), Objects.requireNonNull(array.missing())))
                        .toList());
    }
}
