package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.HostDiskWear;
import dev.shedmaster.core.host.Ailment;
import dev.shedmaster.core.host.DiskHealth;
import dev.shedmaster.core.host.HardwareReport;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.kube.host.HardwareWatch.Known;
import dev.shedmaster.kube.status.Conditions;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells in a host's status how its hardware does. What is measured goes to metrics: it would be written again and again. */
final class HardwareStatuses {
    /** Of so many hours the status counts whole ones: six weeks. */
    private static final long HOURS = 1000;

    private HardwareStatuses() {}

    static void tell(Conditions conditions, BareMetalHostStatus before, HostState state, Known known, Instant now) {
        List<Ailment> ailments = known.checkup().ailments();
        PortError trouble = known.trouble();
        if (!ailments.isEmpty()) {
            conditions.fails(
                    Condition.HARDWARE_HEALTHY,
                    ailments.getFirst().kind().reason(),
                    ailments.stream().map(Ailment::message).collect(Collectors.joining("; ")));
        } else if (trouble != null && known.isOld(now)) {
            conditions.unknown(
                    Condition.HARDWARE_HEALTHY,
                    "NotRead",
                    "it does not tell how its hardware does: " + trouble.message());
        } else if (known.report() == null) {
            asBefore(conditions, before, state);
        } else if (!known.checkup().unknown().isEmpty()) {
            conditions.unknown(
                    Condition.HARDWARE_HEALTHY,
                    "PartlyKnown",
                    "nothing is known to be wrong; not known: "
                            + String.join(", ", known.checkup().unknown()));
        } else {
            conditions.holds(
                    Condition.HARDWARE_HEALTHY, "Well", "disks, memory, temperatures and file systems are well");
        }
    }

    /** An operator that has just begun knows nothing, and soon will. */
    private static void asBefore(Conditions conditions, BareMetalHostStatus before, HostState state) {
        Optional<Condition> told =
                Conditions.find(before.conditions(), Condition.HARDWARE_HEALTHY).filter(condition -> state.hasSystem());
        if (told.isEmpty()) {
            conditions.unknown(Condition.HARDWARE_HEALTHY, "NotRead", "it is read while the host may serve");
            return;
        }
        Condition condition = told.get();
        switch (condition.status()) {
            case TRUE -> conditions.holds(condition.type(), condition.reason(), condition.message());
            case FALSE -> conditions.fails(condition.type(), condition.reason(), condition.message());
            case UNKNOWN -> conditions.unknown(condition.type(), condition.reason(), condition.message());
        }
    }

    /** How worn its disks are, in steps that are months long; as it was told before where nothing was read. */
    static List<HostDiskWear> wear(BareMetalHostStatus before, HostState state, Known known) {
        HardwareReport report = known.report();
        if (report == null) {
            return state.hasSystem() ? before.diskWear() : List.of();
        }
        return wear(report);
    }

    static List<HostDiskWear> wear(HardwareReport report) {
        return report.disks().stream()
                .filter(disk -> disk.silence().isEmpty())
                .map(disk -> new HostDiskWear(
                        disk.device(), disk.serial().isEmpty() ? null : disk.serial(), disk.wearPercent(), hours(disk)))
                .toList();
    }

    private static @Nullable Long hours(DiskHealth disk) {
        return disk.hours() == null ? null : disk.hours() / HOURS * HOURS;
    }
}
