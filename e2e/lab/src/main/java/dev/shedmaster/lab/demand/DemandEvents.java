package dev.shedmaster.lab.demand;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The events in the order of their time. */
public record DemandEvents(List<DemandEvent> events) {
    private static final String HEADER = "time_utc,kind,channel,major";

    public DemandEvents {
        events = events.stream().sorted(Comparator.comparing(DemandEvent::at)).toList();
    }

    /** The recorded year, August 2025 to August 2026. */
    public static DemandEvents ofTheYear() {
        try (InputStream stream = DemandEvents.class.getResourceAsStream("flatcar-demand.csv")) {
            if (stream == null) {
                throw new IllegalStateException("flatcar-demand.csv is not on the class path");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return parse(reader.readAllLines());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("flatcar-demand.csv cannot be read", unreadable);
        }
    }

    /**
     * Reads the lines of such a file.
     *
     * @throws IllegalArgumentException naming the line and the field that is wrong
     */
    public static DemandEvents parse(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
            throw new IllegalArgumentException("line 1: expected the header '" + HEADER + "'");
        }
        List<DemandEvent> events = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            events.add(event(i + 1, lines.get(i)));
        }
        return new DemandEvents(events);
    }

    private static DemandEvent event(int line, String text) {
        String[] fields = text.split(",", -1);
        if (fields.length != 4) {
            throw new IllegalArgumentException("line " + line + ": expected 4 fields, got " + fields.length);
        }
        try {
            return new DemandEvent(
                    Instant.parse(fields[0]),
                    DemandEvent.Kind.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                    emptyToNull(fields[2]),
                    emptyToNull(fields[3]));
        } catch (DateTimeParseException noTime) {
            throw new IllegalArgumentException("line " + line + ", time_utc: '" + fields[0] + "' is no time", noTime);
        } catch (IllegalArgumentException noKind) {
            throw new IllegalArgumentException("line " + line + ", kind: '" + fields[1] + "' is unknown", noKind);
        }
    }

    private static @Nullable String emptyToNull(String field) {
        return field.isEmpty() ? null : field;
    }

    /** The events from one moment until before another. */
    public DemandEvents between(Instant from, Instant until) {
        return new DemandEvents(events.stream()
                .filter(event -> !event.at().isBefore(from) && event.at().isBefore(until))
                .toList());
    }

    /** The first evening with the most nightly builds. */
    public LocalDate busiestNight() {
        Map<LocalDate, Integer> nights = new TreeMap<>();
        for (DemandEvent event : events) {
            if (event.kind() == DemandEvent.Kind.NIGHTLY
                    && event.at().atZone(ZoneOffset.UTC).getHour() == 21) {
                nights.merge(LocalDate.ofInstant(event.at(), ZoneOffset.UTC), 1, Integer::sum);
            }
        }
        return nights.entrySet().stream()
                .max(Map.Entry.<LocalDate, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new IllegalStateException("there is no nightly build"));
    }
}
