package dev.shedmaster.machine.robot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.port.DedicatedServers.ResetOptions;
import dev.shedmaster.port.DedicatedServers.ResetType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what Robot tells of resets, and names them for it. */
final class ResetReading {
    private ResetReading() {}

    /** Reads {@code /reset/…}. Among the types is {@code man}, a technician, whom we never send for. */
    static ResetOptions read(JsonNode reset) {
        Set<ResetType> types = EnumSet.noneOf(ResetType.class);
        RobotJson.texts(reset.path("type"))
                .forEach(word -> Arrays.stream(ResetType.values())
                        .filter(type -> word(type).equals(word))
                        .forEach(types::add));
        return new ResetOptions(types, isRunning(reset));
    }

    private static @Nullable Boolean isRunning(JsonNode reset) {
        return switch (RobotJson.text(reset, "operating_status").toLowerCase(Locale.ROOT)) {
            case "running" -> true;
            case "shut off" -> false;
            default -> null; // "not supported", or not told.
        };
    }

    static String word(ResetType type) {
        return switch (type) {
            case SOFTWARE -> "sw";
            case HARDWARE -> "hw";
            case POWER -> "power";
            case POWER_LONG -> "power_long";
        };
    }
}
