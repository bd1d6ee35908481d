package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.Condition;
import dev.shedmaster.api.v1alpha1.HostDisk;
import dev.shedmaster.api.v1alpha1.HostInspection;
import dev.shedmaster.api.v1alpha1.HostRoom;
import dev.shedmaster.api.v1alpha1.HostTrouble;
import dev.shedmaster.api.v1alpha1.HostWords;
import dev.shedmaster.core.host.Hardware;
import dev.shedmaster.core.host.HostLife;
import dev.shedmaster.core.host.HostSight;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.kube.status.Conditions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a host's status: how far it is, what it waits for, what is wrong and what of it is used. */
final class HostStatuses {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    private HostStatuses() {}

    /**
     * What a look has found out beside the host's life.
     *
     * @param address where it is reached; null if nobody has said
     * @param inspection what it is made of; null as long as nobody has looked
     * @param hasKvm whether its KVM works; null if nobody has tried
     * @param hindrance what keeps the next step from being done; null if nothing does
     * @param stock how it stands with the images of its workers; null if nobody wants one there
     */
    record Findings(
            @Nullable String address,
            @Nullable HostInspection inspection,
            @Nullable Boolean hasKvm,
            @Nullable String hindrance,
            @Nullable StockNews stock) {

        /** What was found out before, as its status tells. */
        static Findings of(BareMetalHostStatus status) {
            return new Findings(status.address(), status.inspection(), hasKvm(status), null, null);
        }

        private static @Nullable Boolean hasKvm(BareMetalHostStatus status) {
            return Conditions.find(status.conditions(), Condition.KVM_USABLE)
                    .map(condition -> switch (condition.status()) {
                        case TRUE -> Optional.of(true);
                        case FALSE -> Optional.of(false);
                        case UNKNOWN -> Optional.<Boolean>empty();
                    })
                    .flatMap(known -> known)
                    .orElse(null);
        }

        Findings reachedAt(@Nullable String known) {
            return known == null ? this : new Findings(known, inspection, hasKvm, hindrance, stock);
        }

        Findings madeOf(Hardware hardware) {
            return new Findings(address, inspectionOf(hardware), hasKvm, hindrance, stock);
        }

        Findings tried(boolean kvm) {
            return new Findings(address, inspection, kvm, hindrance, stock);
        }

        Findings hinderedBy(@Nullable String what) {
            return new Findings(address, inspection, hasKvm, what, stock);
        }

        Findings stocked(@Nullable StockNews news) {
            return new Findings(address, inspection, hasKvm, hindrance, news);
        }
    }

    /**
     * Its status.
     *
     * @param hardware what its hardware has told
     * @param turn whether it is its turn to be installed or taken out
     */
    static BareMetalHostStatus tell(
            BareMetalHost host,
            BareMetalHostStatus before,
            HostLife life,
            HostWords words,
            Findings findings,
            HardwareWatch.Known hardware,
            HostRoom room,
            HostSight.Turn turn,
            Instant now) {
        String waitsFor = life.state().waitsFor();
        String message = findings.hindrance() == null ? waitsFor : waitsFor + " (" + findings.hindrance() + ")";
        return new BareMetalHostStatus(
                host.getMetadata().getGeneration(),
                HostRecords.phase(life.state()),
                life.since(),
                message,
                HostRecords.trouble(life.state()),
                findings.address(),
                findings.inspection(),
                room,
                HardwareStatuses.wear(before, life.state(), hardware),
                HostRecords.record(life, words),
                new Told(host, before, life, findings, hardware, message, turn, now).conditions());
    }

    private record Told(
            BareMetalHost host,
            BareMetalHostStatus before,
            HostLife life,
            Findings findings,
            HardwareWatch.Known hardware,
            String message,
            HostSight.Turn turn,
            Instant now) {

        List<Condition> conditions() {
            Conditions conditions =
                    new Conditions(before.conditions(), host.getMetadata().getGeneration(), now);
            HostTrouble trouble = HostRecords.trouble(life.state());
            if (life.state().serves()) {
                conditions.holds(Condition.READY, "Serves", message);
            } else {
                conditions.fails(Condition.READY, trouble == null ? life.state().phase() : trouble.reason(), message);
            }
            provisioned(conditions);
            if (trouble != null) {
                conditions.fails(Condition.HEALTHY, trouble.reason(), trouble.message());
            } else if (life.state() instanceof HostState.Unreachable) {
                conditions.fails(Condition.HEALTHY, "Unreachable", message);
            } else {
                conditions.holds(Condition.HEALTHY, "NothingKnown", "nothing is known to be wrong with it");
            }
            kvm(conditions);
            images(conditions, findings.stock());
            HardwareStatuses.tell(conditions, before, life.state(), hardware, now);
            return conditions.list();
        }

        private void provisioned(Conditions conditions) {
            String wanted = HostWishes.generation(host.getSpec());
            String installed = life.installed().generation();
            if (wanted.isEmpty()) {
                conditions.holds(Condition.PROVISIONED, "ByOthers", "others install it");
            } else if (installed.equals(wanted)) {
                conditions.holds(Condition.PROVISIONED, "Installed", "its system is the one that is wanted");
            } else if (installed.isEmpty()) {
                conditions.fails(Condition.PROVISIONED, "NotInstalled", "nothing of ours is installed on it");
            } else {
                conditions.fails(
                        Condition.PROVISIONED,
                        "Outdated",
                        "its system is another than the one that is wanted: it is installed anew when it is its turn"
                                + (life.state().serves() && turn instanceof HostSight.Turn.NotYet(String why)
                                        ? "; it " + why
                                        : ""));
            }
        }

        /** A host of which no pool wants an image fetched has no such condition. */
        private static void images(Conditions conditions, @Nullable StockNews stock) {
            if (stock == null) {
                return;
            }
            if (stock.stand() == StockNews.Stand.FETCHED) {
                conditions.holds(Condition.IMAGES_READY, stock.reason(), stock.message());
            } else {
                conditions.fails(Condition.IMAGES_READY, stock.reason(), stock.message());
            }
        }

        private void kvm(Conditions conditions) {
            if (findings.hasKvm() == null) {
                conditions.unknown(Condition.KVM_USABLE, "NotTried", "it was not tried yet");
            } else if (findings.hasKvm()) {
                conditions.holds(Condition.KVM_USABLE, "Works", "/dev/kvm opens and makes machines");
            } else {
                conditions.fails(
                        Condition.KVM_USABLE,
                        "Broken",
                        "/dev/kvm is not there or makes no machines: only workers that need none run here");
            }
        }
    }

    private static HostInspection inspectionOf(Hardware hardware) {
        return new HostInspection(
                hardware.architecture(),
                hardware.cpus(),
                hardware.memoryBytes() / MIB + "Mi",
                hardware.disks().stream()
                        .map(disk -> new HostDisk(
                                disk.device(),
                                disk.wwn().isEmpty() ? null : disk.wwn(),
                                disk.serial().isEmpty() ? null : disk.serial(),
                                disk.bytes() / GIB + "Gi"))
                        .toList());
    }
}
