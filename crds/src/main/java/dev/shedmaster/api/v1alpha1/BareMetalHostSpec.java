package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dedicated server: which it is, what it is expected to be, what is installed on it and what of it workers get.
 */
@ApiRecord
@ValidationRule(
        value = "has(self.robot) != has(self.ssh)",
        message =
                "set exactly one of robot (a server at Hetzner, which the operator installs) and ssh (a server that somebody else has installed)")
@ValidationRule(
        value = "has(self.robot) == has(oldSelf.robot) && (!has(self.robot) || self.robot == oldSelf.robot)",
        fieldPath = ".robot",
        message =
                "a host stays the server that it is: robot cannot be changed. Delete this BareMetalHost and make another, or set it back")
@ValidationRule(
        value = "!has(self.robot) || has(self.ssh) || has(self.image)",
        fieldPath = ".image",
        message = "a server of robot is installed by the operator: set image, or give ssh if somebody else installs it")
@ValidationRule(
        value =
                "!has(self.ssh) || has(self.robot) || (!has(self.image) && !has(self.rootDisk) && !has(self.scratchDisk))",
        fieldPath = ".image",
        message =
                "a server of ssh is installed by somebody else: leave out image, rootDisk and scratchDisk, or give robot")
@ValidationRule(
        value = "!has(self.ssh) || has(self.robot) || self.deletionPolicy != 'Wipe'",
        fieldPath = ".deletionPolicy",
        message =
                "a server of ssh cannot be booted into a rescue system, where its disks would be wiped: set deletionPolicy to Retain")
@ValidationRule(
        value = "self.reserved.cpus < self.hardware.cpus",
        fieldPath = ".reserved.cpus",
        message = "reserved.cpus leaves workers nothing of hardware.cpus: lower it")
@ValidationRule(
        value = "!self.reserved.memory.matches(r'" + Forms.QUANTITY + "') || !self.hardware.memory.matches(r'"
                + Forms.QUANTITY + "') || quantity(self.reserved.memory).isLessThan(quantity(self.hardware.memory))",
        fieldPath = ".reserved.memory",
        message = "reserved.memory leaves workers nothing of hardware.memory: lower it")
public record BareMetalHostSpec(
        @JsonPropertyDescription("A server at Hetzner, which the operator installs.") @Nullable
        RobotServer robot,

        @JsonPropertyDescription("A server that somebody else has installed.") @Nullable
        SshHost ssh,

        @JsonPropertyDescription("What the server is expected to be.") @Required
        HostHardware hardware,

        @JsonPropertyDescription(
                "The system that is installed. Another one is installed once no worker is left, in a window of maintenance.")
        @Nullable
        HostImage image,

        @JsonPropertyDescription("The disk that the system goes to. Absent: the only one there is.") @Nullable
        DiskSelector rootDisk,

        @JsonPropertyDescription("The disk that workers' disks go to. Absent: they share the system's.") @Nullable
        DiskSelector scratchDisk,

        @JsonPropertyDescription("What of it no worker gets.") @Default("{}")
        HostReserve reserved,

        @JsonPropertyDescription("How much workers get together of the rest.") @Default("{}")
        HostSlots slots,

        @JsonPropertyDescription("Whether it takes further workers. Those that it has stay.") @Default("true")
        Boolean schedulable,

        @JsonPropertyDescription("When it may be out of service.") @Default("{}")
        HostMaintenance maintenance,

        @JsonPropertyDescription(
                "The trust zones of pools that it may serve, side by side. Absent: it serves pools without a zone.")
        @Size(min = 0, max = 20)
        List<@Pattern(Forms.DNS_LABEL) @Size(min = 1, max = 63) String> trustZones,

        @JsonPropertyDescription(
                "What becomes of the server when this object is deleted: Retain leaves it as it is, Wipe wipes its disks.")
        @Default("Retain")
        HostDeletionPolicy deletionPolicy) {

    public BareMetalHostSpec {
        reserved = Absent.or(reserved, HostReserve.DEFAULT);
        slots = Absent.or(slots, HostSlots.DEFAULT);
        schedulable = Absent.or(schedulable, true);
        maintenance = Absent.or(maintenance, HostMaintenance.DEFAULT);
        trustZones = Absent.list(trustZones);
        deletionPolicy = Absent.or(deletionPolicy, HostDeletionPolicy.RETAIN);
    }
}
