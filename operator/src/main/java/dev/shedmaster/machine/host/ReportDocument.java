package dev.shedmaster.machine.host;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.shedmaster.core.stock.StoredImage;
import dev.shedmaster.port.HostReport;
import dev.shedmaster.port.HostReport.Ending;
import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.HostReport.Phase;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code shedmaster-host list} prints. Times are seconds since 1970, by the server's clock. */
@JsonIgnoreProperties(ignoreUnknown = true)
record ReportDocument(
        String bootId,
        String program,
        BigDecimal time,
        BigDecimal uptimeSeconds,
        @Nullable Boolean clockSynchronised,
        String architecture,
        int cpus,
        long memoryBytes,
        long freeMemoryBytes,
        long scratchBytes,
        long freeScratchBytes,
        List<Unit> units,
        @Nullable List<Stored> images) {
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    /** One worker; an empty text is what is not known. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Unit(
            String name,
            String installation,
            String pool,
            String worker,
            String uid,
            String state,
            String result,
            String code,
            String status,
            @Nullable Long started,
            @Nullable Long ended,
            @Nullable Long memoryBytes) {

        HostUnit unit() {
            MachineOwner owner = installation.isEmpty() ? null : new MachineOwner(installation, pool, worker, uid);
            return new HostUnit(
                    name,
                    owner,
                    phase(),
                    ending(),
                    started == null ? null : Instant.ofEpochSecond(started),
                    memoryBytes);
        }

        private @Nullable Ending ending() {
            return ended == null ? null : new Ending(result, code, status, Instant.ofEpochSecond(ended));
        }

        /** A unit that systemd still ends has told how it ended, too: that counts. */
        private Phase phase() {
            if (ended != null) {
                return Phase.ENDED;
            }
            return switch (state) {
                case "active", "reloading" -> Phase.RUNNING;
                case "activating" -> Phase.STARTING;
                case "deactivating" -> Phase.STOPPING;
                default -> Phase.CUT_OFF;
            };
        }
    }

    /** One image; an empty text is what is not known. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Stored(String name, String sha256, @Nullable Long used, boolean inUse) {

        StoredImage image() {
            return new StoredImage(name, sha256, used == null ? null : Instant.ofEpochSecond(used), inUse);
        }
    }

    /** @param current the digest of the program that should have answered: what another one says may be of another form */
    static Outcome<ReportDocument> read(String text, String current) {
        try {
            ReportDocument document = MAPPER.readValue(text, ReportDocument.class);
            return document == null ? Outcome.failed(unreadable("it is null")) : Outcome.done(document);
        } catch (JsonProcessingException e) {
            return Outcome.failed(
                    isOfAnother(text, current)
                            ? new PortError.NotFound(
                                    "the server's program is of another version: it is to be installed")
                            : unreadable(e.getOriginalMessage()));
        }
    }

    private static boolean isOfAnother(String text, String current) {
        try {
            JsonNode program = MAPPER.readTree(text).path("program");
            return program.isTextual() && !program.asText().equals(current);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static PortError unreadable(String why) {
        return new PortError.Transient("the server's list cannot be read: " + why);
    }

    /**
     * The port's own words for it.
     *
     * @param asked by our clock, before
     * @param answered by our clock, after
     * @param current the digest of the program that should have answered
     */
    HostReport report(Instant asked, Instant answered, String current) {
        Instant halfway = asked.plus(Duration.between(asked, answered).dividedBy(2));
        return new HostReport(
                asked,
                bootId,
                program.equals(current),
                seconds(uptimeSeconds),
                Duration.between(halfway, Instant.EPOCH.plus(seconds(time))),
                clockSynchronised,
                MachineWord.architecture(architecture),
                cpus,
                memoryBytes,
                freeMemoryBytes,
                scratchBytes,
                freeScratchBytes,
                units.stream().map(Unit::unit).toList(),
                images == null ? null : images.stream().map(Stored::image).toList());
    }

    private static Duration seconds(BigDecimal seconds) {
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }
}
