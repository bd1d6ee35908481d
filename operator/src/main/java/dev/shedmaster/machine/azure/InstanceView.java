package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Azure says that a machine is doing now. Empty where it was not asked for. */
record InstanceView(JsonNode json) {
    private static final String POWER = "powerstate/";
    private static final Pattern FAILED = Pattern.compile("ProvisioningState/failed/(\\w+)", Pattern.CASE_INSENSITIVE);

    /** What a machine's power is, as far as we need it. */
    enum Power {
        ON,
        OFF,
        UNKNOWN
    }

    /** The view that is part of a machine's resource. */
    static InstanceView in(JsonNode machine) {
        return new InstanceView(machine.path("properties").path("instanceView"));
    }

    Power power() {
        for (JsonNode status : json.path("statuses")) {
            String code = status.path("code").asText("").toLowerCase(Locale.ROOT);
            if (code.startsWith(POWER)) {
                return switch (code.substring(POWER.length())) {
                    case "running", "starting" -> Power.ON;
                    case "stopping", "stopped", "deallocating", "deallocated" -> Power.OFF;
                    default -> Power.UNKNOWN;
                };
            }
        }
        return Power.UNKNOWN;
    }

    /** Why the machine's creation failed. */
    Optional<ArmFailure> failure() {
        for (JsonNode status : json.path("statuses")) {
            Matcher failed = FAILED.matcher(status.path("code").asText(""));
            if (failed.matches()) {
                return Optional.of(ArmFailure.ofStatus(
                        failed.group(1),
                        status.path("message")
                                .asText(status.path("displayStatus").asText(""))));
            }
        }
        return Optional.empty();
    }
}
