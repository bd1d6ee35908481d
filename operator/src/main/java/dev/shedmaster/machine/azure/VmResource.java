package dev.shedmaster.machine.azure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.machine.azure.InstanceView.Power;
import dev.shedmaster.port.MachineOwner;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What we want to know of a virtual machine as Azure shows it: a tenth of what it tells.
 *
 * @param name in lower case: names differ in case from one of Azure's lists to another, and ours have none
 * @param provisioning how its creation stands, in Azure's word, in lower case
 * @param location its region
 * @param owner whose it is, null where its tags do not tell
 * @param created when it was asked for, null where its tags do not tell
 */
record VmResource(
        String id,
        String name,
        String provisioning,
        String location,
        String size,
        @Nullable String zone,
        CapacityType type,
        @Nullable MachineOwner owner,
        @Nullable Instant created) {

    static VmResource of(JsonNode json) {
        JsonNode properties = json.path("properties");
        JsonNode zone = json.path("zones").path(0);
        return new VmResource(
                json.path("id").asText(),
                json.path("name").asText().toLowerCase(Locale.ROOT),
                properties.path("provisioningState").asText("").toLowerCase(Locale.ROOT),
                normal(json.path("location").asText("")),
                properties.path("hardwareProfile").path("vmSize").asText(""),
                zone.isMissingNode() ? null : zone.asText(),
                properties.path("priority").asText("").equalsIgnoreCase("Spot")
                        ? CapacityType.SPOT
                        : CapacityType.ON_DEMAND,
                OwnerTags.owner(json),
                OwnerTags.created(json));
    }

    /** Azure has two spellings of a region: {@code westeurope} and {@code West Europe}. */
    boolean isIn(String region) {
        return location.equals(normal(region));
    }

    private static String normal(String region) {
        return region.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    boolean isCreating() {
        return provisioning.equals("creating");
    }

    boolean hasFailed() {
        return provisioning.equals("failed");
    }

    /** Whether its creation has come to a good end: the operation has nothing to add. */
    boolean isSettled() {
        return !isCreating() && !hasFailed();
    }

    /** The offering that it was, as its body tells. */
    Offering offering(String account) {
        Optional<VmSize> known = VmSize.parse(size);
        return new Offering(
                "",
                account,
                size,
                known.map(VmSize::family).orElse(""),
                zone,
                type,
                known.map(VmSize::vcpus).orElse(0),
                0);
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
        return new MachineState(name, phase, phase == MachineState.Phase.FAILED ? why : null, owner, created);
    }

    /**
     * A machine that is powered on works, whatever became of its creation: Azure gives up on a guest that reports late, and
     * whether it is of use shows when its agent registers.
     */
    private MachineState.Phase phase(Power power) {
        return switch (provisioning) {
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
