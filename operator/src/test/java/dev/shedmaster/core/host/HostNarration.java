package dev.shedmaster.core.host;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Tells a {@link HostTransition} in the words of a log, one fact a line. */
final class HostNarration {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private HostNarration() {}

    static List<String> of(HostTransition transition) {
        List<String> told = new ArrayList<>();
        HostLife life = transition.life();
        if (transition.passed().isEmpty()) {
            told.add("stays " + of(life.state()));
        }
        transition.passed().forEach(state -> told.add("→ " + of(state)));
        if (transition.storeFirst()) {
            told.add("store, then");
        }
        if (transition.effect() != null) {
            told.add("do " + of(transition.effect()));
        }
        if (transition.overdue()) {
            told.add("overdue");
        }
        Instant lookAgain = transition.lookAgain();
        told.add(lookAgain == null ? "look again when told" : "look again at " + TIME.format(lookAgain));
        return told;
    }

    static String of(HostState state) {
        String step = switch (state) {
            case HostState.Provisioning(Step at) -> " (" + at + ")";
            case HostState.Wiping(Step at) -> " (" + at + ")";
            case HostState.Unfit(Trouble trouble, Instant at) ->
                " (" + trouble.kind().reason() + ")";
            case HostState.Quarantined(Trouble trouble) -> " (" + trouble.kind().reason() + ")";
            case HostState.Failed(Trouble trouble, Instant retryAt) ->
                " (" + trouble.kind().reason() + ", until " + TIME.format(retryAt) + ")";
            default -> "";
        };
        return state.phase() + step + ": " + state.waitsFor();
    }

    static String of(HostEffect effect) {
        return switch (effect) {
            case HostEffect.Claim c -> "claim";
            case HostEffect.EnsureKey e -> "ensure the key";
            case HostEffect.ArmRescue a -> "arm the rescue system";
            case HostEffect.DisarmRescue d -> "disarm the rescue system";
            case HostEffect.RebootNow(Reboot reboot) ->
                "reboot by " + reboot.by().words()
                        + (reboot.bootBefore().isEmpty() ? "" : ", if it is still " + reboot.bootBefore());
            case HostEffect.Inspect i -> "inspect";
            case HostEffect.LookAtDisks l -> "look at the disks";
            case HostEffect.Install(String generation, DiskPlan disks) ->
                "install " + generation + " on " + disks.root()
                        + (disks.scratch().isEmpty() ? "" : ", scratch on " + disks.scratch());
            case HostEffect.CollectHostKeys c -> "collect the host keys";
            case HostEffect.Probe p -> "probe";
            case HostEffect.Wipe w -> "wipe";
            case HostEffect.Release r -> "release";
            case HostEffect.Forget f -> "forget";
        };
    }
}
