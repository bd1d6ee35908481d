package dev.shedmaster.kube.host;

import dev.shedmaster.api.v1alpha1.BareMetalHost;
import dev.shedmaster.api.v1alpha1.BareMetalHostStatus;
import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.api.v1alpha1.HostReboot;
import dev.shedmaster.api.v1alpha1.HostRecord;
import dev.shedmaster.api.v1alpha1.HostRescue;
import dev.shedmaster.api.v1alpha1.HostSystem;
import dev.shedmaster.api.v1alpha1.HostTrouble;
import dev.shedmaster.api.v1alpha1.HostWords;
import dev.shedmaster.core.CamelCase;
import dev.shedmaster.core.host.DiskPlan;
import dev.shedmaster.core.host.HostLife;
import dev.shedmaster.core.host.HostLife.Installed;
import dev.shedmaster.core.host.HostLife.RescueWork;
import dev.shedmaster.core.host.HostState;
import dev.shedmaster.core.host.HostState.Draining.Purpose;
import dev.shedmaster.core.host.Reboot;
import dev.shedmaster.core.host.Rung;
import dev.shedmaster.core.host.Step;
import dev.shedmaster.core.host.Trouble;
import dev.shedmaster.core.host.TroubleKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host's life in its object's status and back. Everything of it is there: it could not be found out again. A word of a newer
 * operator that this one does not know is taken for the beginning of what it belongs to.
 */
final class HostRecords {
    private HostRecords() {}

    static HostLife read(BareMetalHostStatus status, Instant now) {
        if (status.since() == null) {
            return HostLife.registered(now);
        }
        HostRecord record = status.record();
        return new HostLife(
                state(status, record),
                status.since(),
                record.leaves(),
                record.failures(),
                reboot(record.reboot()),
                record.resets(),
                record.silentSince(),
                work(record.rescue()),
                installed(record.installed()));
    }

    private static HostState state(BareMetalHostStatus status, HostRecord record) {
        String why = text(record.why());
        return switch (status.phase()) {
            case REGISTERED -> new HostState.Registered(why);
            case PROVISIONING -> new HostState.Provisioning(step(record.step()));
            case CHECKING -> new HostState.Checking(why);
            case READY -> new HostState.Ready();
            case UNFIT -> new HostState.Unfit(trouble(status.trouble()), at(status));
            case UNREACHABLE -> new HostState.Unreachable(why);
            case DRAINING ->
                new HostState.Draining(
                        word(Purpose.values(), record.drainingFor()).orElse(Purpose.MAINTENANCE), record.jobs());
            case MAINTENANCE -> new HostState.Maintenance();
            case FAILED -> new HostState.Failed(trouble(status.trouble()), at(status));
            case QUARANTINED -> new HostState.Quarantined(trouble(status.trouble()));
            case WIPING -> new HostState.Wiping(step(record.step()));
            case RELEASING -> new HostState.Releasing();
            case GONE -> new HostState.Gone();
        };
    }

    private static Instant at(BareMetalHostStatus status) {
        HostTrouble trouble = status.trouble();
        Instant since = status.since() == null ? Instant.EPOCH : status.since();
        return trouble == null || trouble.at() == null ? since : trouble.at();
    }

    private static Step step(@Nullable String word) {
        return word(Step.values(), word).orElse(Step.CHECK_SERVER);
    }

    private static Trouble trouble(@Nullable HostTrouble trouble) {
        return trouble == null
                ? new Trouble(TroubleKind.INTERRUPTED, "what was wrong is not recorded")
                : new Trouble(
                        Arrays.stream(TroubleKind.values())
                                .filter(kind -> kind.reason().equals(trouble.reason()))
                                .findFirst()
                                .orElse(TroubleKind.INTERRUPTED),
                        trouble.message());
    }

    private static @Nullable Reboot reboot(@Nullable HostReboot reboot) {
        return reboot == null
                ? null
                : new Reboot(
                        word(Rung.values(), reboot.by()).orElse(Rung.HARDWARE),
                        reboot.at(),
                        text(reboot.bootBefore()),
                        reboot.rescueBefore(),
                        word(Rung.values(), reboot.after()).orElse(null));
    }

    private static RescueWork work(@Nullable HostRescue rescue) {
        return rescue == null
                ? RescueWork.NONE
                : new RescueWork(
                        text(rescue.generation()),
                        text(rescue.bootId()),
                        Set.copyOf(rescue.hostKeys()),
                        new DiskPlan(text(rescue.rootDisk()), text(rescue.scratchDisk())));
    }

    private static Installed installed(@Nullable HostSystem system) {
        return system == null
                ? Installed.NOTHING
                : new Installed(text(system.generation()), Set.copyOf(system.hostKeys()), text(system.bootId()));
    }

    /** A life as a record, beside which people's words stay as they are. */
    static HostRecord record(HostLife life, HostWords words) {
        HostState state = life.state();
        return new HostRecord(
                stepOf(state),
                why(state),
                state instanceof HostState.Draining draining ? CamelCase.of(draining.purpose()) : null,
                state instanceof HostState.Draining draining ? draining.jobs() : 0,
                life.leaves(),
                life.failures(),
                life.reboot() == null ? null : written(life.reboot()),
                life.resets(),
                life.silentSince(),
                life.work().equals(RescueWork.NONE) ? null : written(life.work()),
                life.installed().equals(Installed.NOTHING) ? null : written(life.installed()),
                words);
    }

    static HostPhase phase(HostState state) {
        return HostPhase.valueOf(state.phase().toUpperCase(Locale.ROOT));
    }

    private static @Nullable String stepOf(HostState state) {
        return switch (state) {
            case HostState.Provisioning(Step step) -> CamelCase.of(step);
            case HostState.Wiping(Step step) -> CamelCase.of(step);
            default -> null;
        };
    }

    private static @Nullable String why(HostState state) {
        return switch (state) {
            case HostState.Registered(String why) -> why;
            case HostState.Checking(String why) -> why;
            case HostState.Unreachable(String why) -> why;
            default -> null;
        };
    }

    static @Nullable HostTrouble trouble(HostState state) {
        return switch (state) {
            case HostState.Unfit(Trouble trouble, Instant at) -> written(trouble, at);
            case HostState.Failed(Trouble trouble, Instant at) -> written(trouble, at);
            case HostState.Quarantined(Trouble trouble) -> written(trouble, null);
            default -> null;
        };
    }

    private static HostTrouble written(Trouble trouble, @Nullable Instant at) {
        return new HostTrouble(trouble.kind().reason(), trouble.message(), at);
    }

    private static HostReboot written(Reboot reboot) {
        return new HostReboot(
                CamelCase.of(reboot.by()),
                reboot.at(),
                unlessEmpty(reboot.bootBefore()),
                reboot.rescueBefore(),
                reboot.after() == null ? null : CamelCase.of(reboot.after()));
    }

    private static HostRescue written(RescueWork work) {
        return new HostRescue(
                unlessEmpty(work.generation()),
                unlessEmpty(work.bootId()),
                sorted(work.hostKeys()),
                unlessEmpty(work.disks().root()),
                unlessEmpty(work.disks().scratch()));
    }

    private static HostSystem written(Installed installed) {
        return new HostSystem(
                unlessEmpty(installed.generation()), sorted(installed.hostKeys()), unlessEmpty(installed.bootId()));
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }

    private static @Nullable String unlessEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <E extends Enum<E>> Optional<E> word(E[] values, @Nullable String word) {
        return Arrays.stream(values)
                .filter(value -> CamelCase.of(value).equals(word))
                .findFirst();
    }

    static BareMetalHostStatus statusOf(BareMetalHost host) {
        return host.getStatus() == null ? BareMetalHostStatus.initial() : host.getStatus();
    }
}
