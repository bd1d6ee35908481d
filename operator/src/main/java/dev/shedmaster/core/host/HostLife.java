package dev.shedmaster.core.host;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a host: enough to go on after a crash at any point, and what could not be found out again.
 *
 * @param state where it is
 * @param since since when it is there
 * @param leaves whether its removal has begun
 * @param failures how many attempts have failed since it was last of use
 * @param reboot the reboot whose outcome is awaited; null if none is
 * @param resets when it was reset from outside while it did not answer; those of a day
 * @param silentSince since when nothing answers that should; null while it does
 * @param work what goes on in the rescue system
 * @param installed what is on its disks
 */
public record HostLife(
        HostState state,
        Instant since,
        boolean leaves,
        int failures,
        @Nullable Reboot reboot,
        List<Instant> resets,
        @Nullable Instant silentSince,
        RescueWork work,
        Installed installed) {

    /** What has to be asked for a state. */
    public enum Need {
        /** The landlord, about the server. */
        LANDLORD,
        /** The landlord, about the ways to reset it. Robot counts this question, while all servers are told of in one answer. */
        RESETS,
        /** The landlord, about its rescue system. */
        RESCUE,
        /** The server itself. */
        SHELL
    }

    /**
     * The work that is done in the rescue system.
     *
     * @param generation what is to be installed; empty if nothing is
     * @param bootId the boot of the rescue system that it is done in; empty before
     * @param hostKeys the fingerprints by which that boot is known, as the landlord told them
     * @param disks those that were chosen
     */
    public record RescueWork(String generation, String bootId, Set<String> hostKeys, DiskPlan disks) {
        public static final RescueWork NONE = new RescueWork("", "", Set.of(), DiskPlan.NONE);

        public RescueWork {
            hostKeys = Set.copyOf(hostKeys);
        }

        RescueWork of(String wanted) {
            return new RescueWork(wanted, bootId, hostKeys, disks);
        }

        RescueWork in(String boot, Set<String> keys) {
            return new RescueWork(generation, boot, keys, disks);
        }

        RescueWork on(DiskPlan chosen) {
            return new RescueWork(generation, bootId, hostKeys, chosen);
        }
    }

    /**
     * The system on a host's disks.
     *
     * @param generation what was installed; empty if nothing was, or others have
     * @param hostKeys the fingerprints by which it is known: read from inside of the rescue system, or given by a person
     * @param bootId the boot that was last found fit; empty before
     */
    public record Installed(String generation, Set<String> hostKeys, String bootId) {
        public static final Installed NOTHING = new Installed("", Set.of(), "");

        public Installed {
            hostKeys = Set.copyOf(hostKeys);
        }

        Installed booted(String boot) {
            return new Installed(generation, hostKeys, boot);
        }
    }

    public HostLife {
        resets = List.copyOf(resets);
    }

    /** A host that has just been made known. */
    public static HostLife registered(Instant now) {
        return new HostLife(
                new HostState.Registered("waits to be looked at"),
                now,
                false,
                0,
                null,
                List.of(),
                null,
                RescueWork.NONE,
                Installed.NOTHING);
    }

    /** The step that is under way; null if none is. */
    @Nullable
    Step step() {
        return switch (state) {
            case HostState.Provisioning(Step step) -> step;
            case HostState.Wiping(Step step) -> step;
            default -> null;
        };
    }

    /** What has to be known to go on from here. */
    public Set<Need> needs() {
        Step step = step();
        if (step != null) {
            return switch (step) {
                case CHECK_SERVER, ENSURE_KEY, ARM_RESCUE -> EnumSet.of(Need.LANDLORD);
                case REBOOT_INTO_RESCUE -> EnumSet.allOf(Need.class);
                case AWAIT_RESCUE -> EnumSet.of(Need.LANDLORD, Need.RESCUE, Need.SHELL);
                case REBOOT_INTO_SYSTEM -> EnumSet.of(Need.LANDLORD, Need.RESETS, Need.SHELL);
                case INSPECT, CHECK_DISKS, INSTALL, COLLECT_HOST_KEYS, WIPE, AWAIT_SYSTEM ->
                    EnumSet.of(Need.LANDLORD, Need.SHELL);
            };
        }
        return switch (state) {
            case HostState.Registered r -> EnumSet.of(Need.LANDLORD);
            case HostState.Checking c -> EnumSet.of(Need.SHELL);
            case HostState.Ready r -> EnumSet.of(Need.SHELL);
            case HostState.Unfit u -> EnumSet.of(Need.SHELL);
            case HostState.Draining d -> EnumSet.of(Need.SHELL);
            case HostState.Unreachable u -> EnumSet.of(Need.LANDLORD, Need.RESETS, Need.SHELL);
            case HostState.Releasing r -> EnumSet.of(Need.LANDLORD);
            case HostState.Quarantined(Trouble trouble)
            when trouble.kind() == TroubleKind.UNREACHABLE || trouble.kind() == TroubleKind.HOST_KEY_CHANGED ->
                EnumSet.of(Need.SHELL);
            default -> EnumSet.noneOf(Need.class);
        };
    }

    /** With the host keys that a person has given, if others install it. Whoever looks at a server, looks with these. */
    public HostLife knownBy(HostWish wish) {
        return wish.isInstalledByOthers() && !wish.hostKeys().equals(installed.hostKeys())
                ? having(new Installed("", wish.hostKeys(), installed.bootId()))
                : this;
    }

    /** Since when nothing answers; now, if that was not noted yet. */
    Instant silentFrom(Instant now) {
        return silentSince == null ? now : silentSince;
    }

    HostLife entering(HostState next, Instant now) {
        return new HostLife(next, now, leaves, failures, reboot, resets, silentSince, work, installed);
    }

    /** The same state, told otherwise. */
    HostLife showing(HostState same) {
        return same.equals(state)
                ? this
                : new HostLife(same, since, leaves, failures, reboot, resets, silentSince, work, installed);
    }

    HostLife rebooting(@Nullable Reboot next) {
        return new HostLife(state, since, leaves, failures, next, resets, silentSince, work, installed);
    }

    /** Counts a reset from outside. */
    HostLife reset(Reboot next) {
        List<Instant> counted = Stream.concat(HostRules.ofLastDay(resets, next.at()).stream(), Stream.of(next.at()))
                .toList();
        return new HostLife(state, since, leaves, failures, next, counted, silentSince, work, installed);
    }

    /** Takes back a reset that was not made. */
    HostLife notReset(Reboot made, @Nullable Reboot before) {
        List<Instant> others =
                resets.stream().filter(at -> !at.equals(made.at())).toList();
        return new HostLife(state, since, leaves, failures, before, others, silentSince, work, installed);
    }

    /** Notes that something answers, or since when nothing does. */
    HostLife hearing(boolean answers, Instant now) {
        return answers == (silentSince == null)
                ? this
                : new HostLife(state, since, leaves, failures, reboot, resets, answers ? null : now, work, installed);
    }

    HostLife working(RescueWork next) {
        return new HostLife(state, since, leaves, failures, reboot, resets, silentSince, next, installed);
    }

    HostLife having(Installed next) {
        return new HostLife(state, since, leaves, failures, reboot, resets, silentSince, work, next);
    }

    HostLife failedOnce() {
        return new HostLife(state, since, leaves, failures + 1, null, resets, null, RescueWork.NONE, installed);
    }

    /** From here on everything leads to its end. */
    HostLife leaving() {
        return new HostLife(state, since, true, failures, reboot, resets, silentSince, work, installed);
    }

    /** As it was before anything went wrong. */
    HostLife forgiven() {
        return new HostLife(state, since, leaves, 0, null, List.of(), null, RescueWork.NONE, installed);
    }

    /** Of use again: what went wrong before no longer counts, but for the resets of the day. */
    HostLife proven(String boot) {
        return new HostLife(state, since, leaves, 0, null, resets, null, RescueWork.NONE, installed.booted(boot));
    }
}
