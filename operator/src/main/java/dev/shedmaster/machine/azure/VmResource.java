package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.PortError;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A virtual machine as Azure shows it, with or without its instance view. */
record VmResource(JsonNode json) {
    private static final Pattern FAILED = Pattern.compile("ProvisioningState/failed/(\\w+)", Pattern.CASE_INSENSITIVE);

    /** What the machine's power is, as far as we need it. */
    enum Power {
        ON,
        OFF,
        UNKNOWN
    }

    String id() {
        return json.path("id").asText();
    }

    /** Names differ in case from one of Azure's lists to another; ours have none. */
    String name() {
        return json.path("name").asText().toLowerCase(Locale.ROOT);
    }

    private String provisioning() {
        return json.path("properties").path("provisioningState").asText("").toLowerCase(Locale.ROOT);
    }

    boolean isCreating() {
        return provisioning().equals("creating");
    }

    boolean hasFailed() {
        return provisioning().equals("failed");
    }

    /** The offering that it was, as its body tells. */
    Offering offering(String account) {
        String size =
                json.path("properties").path("hardwareProfile").path("vmSize").asText("");
        JsonNode zone = json.path("zones").path(0);
        boolean spot = json.path("properties").path("priority").asText("").equalsIgnoreCase("Spot");
        Optional<VmSize> known = VmSize.parse(size);
        return new Offering(
                "",
                account,
                size,
                known.map(VmSize::family).orElse(""),
                zone.isMissingNode() ? null : zone.asText(),
                spot ? CapacityType.SPOT : CapacityType.ON_DEMAND,
                known.map(VmSize::vcpus).orElse(0),
                0);
    }

    /** Its power, if an instance view is there. */
    Power power() {
        return power(json.path("properties").path("instanceView"));
    }

    static Power power(JsonNode instanceView) {
        for (JsonNode status : instanceView.path("statuses")) {
            String code = status.path("code").asText("").toLowerCase(Locale.ROOT);
            if (code.startsWith("powerstate/")) {
                String state = code.substring("powerstate/".length());
                return switch (state) {
                    case "running", "starting" -> Power.ON;
                    case "stopping", "stopped", "deallocating", "deallocated" -> Power.OFF;
                    default -> Power.UNKNOWN;
                };
            }
        }
        return Power.UNKNOWN;
    }

    /** Why its creation failed, as an instance view tells it. */
    static Optional<ArmFailure> failure(JsonNode instanceView) {
        for (JsonNode status : instanceView.path("statuses")) {
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

    /**
     * Its state as the port tells it.
     *
     * @param power as far as it is known
     * @param failure why its creation failed, where that is known
     */
    MachineState state(Power power, @Nullable PortError failure) {
        MachineState.Phase phase = phase(power);
        PortError why = failure == null ? new PortError.Transient("Azure says only that the creation failed") : failure;
        return new MachineState(
                name(),
                phase,
                phase == MachineState.Phase.FAILED ? why : null,
                OwnerTags.owner(json),
                OwnerTags.created(json));
    }

    /**
     * A machine that is powered on works, whatever became of its creation: Azure gives up on a guest that reports late, and
     * whether it is of use shows when its agent registers.
     */
    private MachineState.Phase phase(Power power) {
        return switch (provisioning()) {
            case "deleting" -> MachineState.Phase.DELETING;
            case "failed" -> power == Power.ON ? MachineState.Phase.RUNNING : MachineState.Phase.FAILED;
            case "creating" ->
                switch (power) {
                    case ON -> MachineState.Phase.RUNNING;
                    // Azure shows some machines as stopped before their first start.
                    case OFF, UNKNOWN -> MachineState.Phase.CREATING;
                };
            default -> power == Power.OFF ? MachineState.Phase.STOPPED : MachineState.Phase.RUNNING;
        };
    }
}
