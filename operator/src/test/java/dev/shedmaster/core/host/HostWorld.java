package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HostLife.Need;
import dev.shedmaster.core.host.HostSight.Health;
import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Occupancy;
import dev.shedmaster.core.host.HostSight.Rescue;
import dev.shedmaster.core.host.HostSight.Resets;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.core.host.HostSight.Turn;
import dev.shedmaster.core.host.HostWish.Removal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small world with one server in it: its landlord, its disks and power, workers, people, and a shell that does what {@link
 * HostLifecycle} says and may die at any point. It knows what is true, shows the rule only what can be seen, and notes every broken
 * {@link HostPromise}.
 */
final class HostWorld {
    private static final String OURS = "t1 ci/host";
    private static final String THEIRS = "t2 ci/host";
    private static final Disk DISK = new Disk("/dev/vda", "w1", "", 960_000_000_000L, "", List.of());
    private static final int LOOKS_AT_ONCE = 40;

    private enum Running {
        NOTHING,
        BOOTING,
        RESCUE,
        SYSTEM,
        STRANGER
    }

    private final HostRules rules = HostRules.DEFAULT;
    private final List<String> log = new ArrayList<>();
    private final Map<HostPromise, String> broken = new EnumMap<>(HostPromise.class);
    private final Set<String> reached = new HashSet<>();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");

    // What is true of the server.
    private Running running = Running.SYSTEM;
    private String boot = "b0";
    private int boots;
    /** What its disk holds: a generation, a stranger's system, or nothing. */
    private String disk = "stranger";

    private String diskKey = "";
    private String mark = "";
    private boolean diskFails;
    private boolean writing;
    private boolean armed;
    private boolean netbootIgnored;
    private boolean keyAccepted = true;
    private boolean probeFails;
    private boolean hardwareFails;
    private boolean reachable = true;
    private @Nullable Instant rescueBootedAt;

    // What is true of the landlord, people and workers.
    private boolean landlordUp = true;
    private boolean given = true;
    private String owner = "";
    private @Nullable HostEvent nextEffect;
    private int workers;
    private int jobs;
    private boolean heard;
    private boolean ourTurn = true;
    private String generation = "g1";
    private boolean maintenance;
    private @Nullable Removal removal;
    private @Nullable Instant removedAt;
    private @Nullable Instant releasedAt;
    private Instant specChangedAt = Instant.EPOCH;

    // What was stored, and what this world remembers to judge by.
    private HostLife stored = HostLife.registered(now);
    private boolean forgotten;
    private final Set<String> toldKeys = new HashSet<>();
    private @Nullable Reboot lastReset;
    private boolean outcomeSeen = true;
    private @Nullable Instant unseenSince;
    private boolean markWasThere;
    private @Nullable Instant lookAgain;
    private boolean overdue;
    private int effectsLeft = Integer.MAX_VALUE;
    private boolean diesFirst;

    Map<HostPromise, String> broken() {
        return broken;
    }

    Set<String> reached() {
        return reached;
    }

    List<String> log() {
        return log;
    }

    HostLife life() {
        return stored;
    }

    boolean isForgotten() {
        return forgotten;
    }

    boolean isOverdue() {
        return overdue;
    }

    void happens(HostEvent event) {
        log.add(event.name());
        switch (event) {
            case STEP -> look(Integer.MAX_VALUE, false);
            case STEP_DYING_BEFORE_THE_EFFECT -> look(0, true);
            case STEP_DYING_AFTER_THE_EFFECT -> look(1, true);
            case SECOND -> now = now.plusSeconds(1);
            case MINUTE -> now = now.plus(Duration.ofMinutes(1));
            case TEN_MINUTES -> now = now.plus(Duration.ofMinutes(10));
            case HOUR -> now = now.plus(Duration.ofHours(1));
            case BOOT_ENDS -> bootEnds();
            case POWER_IS_LOST -> stops(Running.NOTHING);
            case NETWORK_DOWN -> reachable = false;
            case NETWORK_UP -> reachable = true;
            case NEXT_NETWORK_BOOT_IS_IGNORED -> netbootIgnored = true;
            case SOMEBODY_BOOTS_THE_RESCUE_SYSTEM -> {
                stops(Running.BOOTING);
                armed = true;
                bootEnds();
            }
            case SOMEBODY_REINSTALLS -> {
                stops(Running.STRANGER);
                disk = "stranger";
                diskKey = "";
            }
            case IT_REBOOTS_BY_ITSELF -> {
                stops(Running.BOOTING);
                bootEnds();
            }
            case WRITING_ENDS -> writingEnds();
            case LANDLORD_DOWN -> landlordUp = false;
            case LANDLORD_UP -> landlordUp = true;
            case SERVER_IS_RENAMED_BY_OTHERS -> owner = THEIRS;
            case SERVER_IS_OURS_AGAIN -> owner = "";
            case SERVER_IS_GIVEN_BACK -> given = false;
            case NEXT_EFFECT_IS_LOST_ON_ITS_WAY, NEXT_ANSWER_IS_LOST, NEXT_EFFECT_IS_HELD_BACK, NEXT_EFFECT_FAILS ->
                nextEffect = event;
            case ANOTHERS_MARK_ON_THE_DISK -> mark = THEIRS;
            case DISK_FAILS -> diskFails = true;
            case PROBE_FAILS -> probeFails = true;
            case PROBE_SUCCEEDS -> probeFails = false;
            case HARDWARE_FAILS -> hardwareFails = true;
            case HARDWARE_IS_REPLACED -> hardwareFails = false;
            case OUR_KEY_IS_TAKEN_AWAY -> keyAccepted = false;
            case OUR_KEY_IS_BACK -> keyAccepted = true;
            case WORKER_IS_PLACED -> {
                if (stored.state().serves() && running == Running.SYSTEM) {
                    workers++;
                    heard = true;
                }
            }
            case JOB_BEGINS -> jobs = Math.min(jobs + 1, workers);
            case AGENTS_ARE_AWAY -> heard = false;
            case AGENTS_ARE_BACK -> {
                if (workers > 0 && running == Running.SYSTEM) {
                    heard = true;
                }
            }
            case WORKERS_END -> {
                workers = 0;
                jobs = 0;
                heard = false;
            }
            case TURN_IS_OTHERS -> ourTurn = false;
            case TURN_IS_OURS -> ourTurn = true;
            case ANOTHER_IMAGE_IS_WANTED -> {
                generation = generation.equals("g1") ? "g2" : "g1";
                personSaid();
                specChangedAt = now;
            }
            case MAINTENANCE_BEGINS -> {
                maintenance = true;
                personSaid();
            }
            case MAINTENANCE_ENDS -> {
                maintenance = false;
                personSaid();
            }
            case RELEASED -> {
                releasedAt = now;
                personSaid();
            }
            case REMOVAL_AND_WIPE -> removed(Removal.WIPE);
            case REMOVAL_AND_RETAIN -> removed(Removal.RETAIN);
        }
    }

    /** Whatever was broken is mended, whoever waits gets his turn, time goes by until something is due, and a look follows. */
    void heals() {
        log.add("all is well, and time passes");
        landlordUp = true;
        reachable = true;
        keyAccepted = true;
        probeFails = false;
        hardwareFails = false;
        netbootIgnored = false;
        diskFails = false;
        nextEffect = null;
        ourTurn = true;
        maintenance = false;
        owner = owner.equals(THEIRS) ? "" : owner;
        mark = "";
        given = true;
        workers = 0;
        jobs = 0;
        heard = false;
        if (stored.state() instanceof HostState.Quarantined) {
            now = now.plusSeconds(1);
            happens(HostEvent.RELEASED);
        }
        now = now.plus(Duration.ofMinutes(1));
        bootEnds();
        writingEnds();
        look(Integer.MAX_VALUE, false);
        if (lookAgain != null && lookAgain.isAfter(now)) {
            now = lookAgain;
        }
    }

    /** Nothing changes but the time. */
    void rots() {
        now = now.plus(Duration.ofMinutes(10));
        look(Integer.MAX_VALUE, false);
    }

    private void personSaid() {
        outcomeSeen = true;
    }

    private void removed(Removal how) {
        if (removedAt == null) {
            removedAt = now;
        } else {
            specChangedAt = now;
        }
        removal = how;
        personSaid();
    }

    private void stops(Running then) {
        running = then;
        boot = "b" + ++boots;
        writing = false;
        heard = false;
        if (then != Running.BOOTING && then != Running.STRANGER) {
            boot = "";
        }
    }

    private void bootEnds() {
        if (running == Running.NOTHING) {
            stops(Running.BOOTING);
        }
        if (running != Running.BOOTING) {
            return;
        }
        if (armed && !netbootIgnored) {
            armed = false;
            running = Running.RESCUE;
            rescueBootedAt = now;
            markWasThere = !mark.isEmpty();
        } else {
            netbootIgnored = false;
            running = disk.isEmpty() ? Running.BOOTING : disk.equals("stranger") ? Running.STRANGER : Running.SYSTEM;
        }
    }

    private void writingEnds() {
        if (writing && running == Running.RESCUE) {
            writing = false;
        }
    }

    private void look(int effects, boolean thenDies) {
        if (forgotten) {
            return;
        }
        effectsLeft = effects;
        diesFirst = thenDies;
        HostLife life = stored;
        HostTransition transition = next(life);
        for (int looks = 0; looks < LOOKS_AT_ONCE; looks++) {
            life = transition.life();
            note(transition);
            HostEffect effect = transition.effect();
            if (effect == null) {
                stored = life;
                boolean isDueNow = lookAgain != null && !lookAgain.isAfter(now);
                if (!isDueNow) {
                    return;
                }
                transition = next(life);
                continue;
            }
            if (transition.storeFirst()) {
                stored = life;
            }
            if (diesFirst && effectsLeft == 0) {
                log.add("  dies");
                return;
            }
            HostSight seen = sight(life);
            HostAnswer answer = performs(effect, life, seen);
            log.add("  did " + HostNarration.of(effect) + ": " + answer);
            effectsLeft--;
            if (forgotten || (diesFirst && effectsLeft == 0)) {
                log.add("  dies");
                return;
            }
            transition = HostLifecycle.answered(life, effect, answer, seen, rules, now);
        }
        breaks(HostPromise.EVERY_WAIT_ENDS_OR_IS_NAMED, "turns in circles at " + HostNarration.of(life.state()));
        stored = life;
    }

    private HostTransition next(HostLife life) {
        HostSight seen = sight(life);
        HostTransition transition = HostLifecycle.next(life, seen, rules, now);
        if (!transition.equals(HostLifecycle.next(life, seen, rules, now))) {
            breaks(HostPromise.SAME_SIGHT_SAME_DECISION, "decides otherwise the second time");
        }
        if (seen.shell() instanceof Shell.InSystem || seen.shell() instanceof Shell.InRescue) {
            unseenSince = null;
            if (lastReset != null && !seen.shell().boot().equals(lastReset.bootBefore())) {
                outcomeSeen = true;
            }
        } else if (unseenSince == null) {
            unseenSince = now;
        }
        return transition;
    }

    private void note(HostTransition transition) {
        lookAgain = transition.lookAgain();
        overdue = transition.overdue();
        HostState state = transition.life().state();
        transition.passed().forEach(passed -> {
            reached.add(passed.phase());
            log.add("  → " + HostNarration.of(passed));
        });
        if (!transition.passed().isEmpty()
                && !transition.passed().getLast().getClass().equals(state.getClass())) {
            breaks(HostPromise.TOLD_STATES_ARE_TRUE, "tells " + transition.passed() + " and is " + state);
        }
        if (lookAgain == null && !overdue && !mayWaitForNews(state)) {
            breaks(HostPromise.EVERY_WAIT_ENDS_OR_IS_NAMED, "waits without an end in " + HostNarration.of(state));
        }
        Set<String> trusted = new HashSet<>(transition.life().installed().hostKeys());
        trusted.addAll(transition.life().work().hostKeys());
        if (!toldKeys.containsAll(trusted)) {
            breaks(HostPromise.NO_KEY_TRUSTED_ON_SIGHT, "trusts " + trusted);
        }
    }

    private boolean mayWaitForNews(HostState state) {
        return switch (state) {
            case HostState.Ready r -> true;
            case HostState.Maintenance m -> true;
            case HostState.Quarantined q -> true;
            case HostState.Draining d -> workers > 0;
            case HostState.Registered r -> !ourTurn;
            default -> false;
        };
    }

    private HostSight sight(HostLife life) {
        Set<Need> needs = life.needs();
        HostWish wish = new HostWish(
                OURS,
                generation,
                new HostWish.Expected("arm64", 80, 1),
                new DiskHint("spec.rootDisk", null, null, 0, OptionalInt.empty()),
                Optional.empty(),
                maintenance,
                removal,
                removedAt,
                releasedAt,
                specChangedAt,
                Set.of());
        Landlord landlord = needs.contains(Need.LANDLORD) ? landlord(needs) : new Landlord.Unasked();
        return new HostSight(
                wish,
                landlord,
                needs.contains(Need.SHELL) ? shell(life, landlord) : new Shell.Unasked(),
                new Health.Read(probeFailures(), hardwareFailings()),
                new Occupancy(workers, jobs, heard),
                ourTurn ? new Turn.Granted() : new Turn.NotYet("another is first"));
    }

    private Landlord landlord(Set<Need> needs) {
        if (!landlordUp) {
            return new Landlord.Silent("503");
        }
        if (!given) {
            return new Landlord.Missing("no such server");
        }
        Rescue rescue = null;
        if (needs.contains(Need.RESCUE)) {
            boolean isTold = rescueBootedAt != null && !armed;
            rescue = new Rescue(armed, isTold ? rescueBootedAt : null, isTold ? Set.of(rescueKey()) : Set.of());
            toldKeys.addAll(rescue.hostKeys());
        }
        Resets resets = needs.contains(Need.RESETS)
                ? new Resets(EnumSet.of(Rung.SOFTWARE, Rung.HARDWARE), running == Running.NOTHING)
                : null;
        return new Landlord.Server(owner, "", resets, rescue);
    }

    private String rescueKey() {
        return "rescue at " + rescueBootedAt;
    }

    private Shell shell(HostLife life, Landlord landlord) {
        if (!reachable || running == Running.NOTHING || running == Running.BOOTING) {
            return new Shell.Silent("no answer");
        }
        Set<String> vouchedFor = new HashSet<>(life.installed().hostKeys());
        vouchedFor.addAll(life.work().hostKeys());
        if (landlord instanceof Landlord.Server server && server.rescue() != null) {
            vouchedFor.addAll(server.rescue().hostKeys());
        } else if (running == Running.RESCUE && landlordUp) {
            // Before anything is called a stranger the landlord is asked for the rescue system's host keys.
            vouchedFor.add(rescueKey());
        }
        String key = running == Running.RESCUE ? rescueKey() : running == Running.SYSTEM ? diskKey : "stranger's";
        if (!vouchedFor.contains(key)) {
            return new Shell.Stranger(key);
        }
        if (!keyAccepted) {
            return new Shell.Locked("our key is not accepted");
        }
        return running == Running.RESCUE ? new Shell.InRescue(boot) : new Shell.InSystem(boot, disk);
    }

    private HostAnswer performs(HostEffect effect, HostLife life, HostSight seen) {
        HostEvent fate = nextEffect;
        nextEffect = null;
        judge(effect, life, seen);
        if (fate == HostEvent.NEXT_EFFECT_IS_HELD_BACK) {
            return new HostAnswer.Later(Duration.ofMinutes(3), "too many requests");
        }
        if (fate == HostEvent.NEXT_EFFECT_FAILS) {
            return new HostAnswer.Failed(new Trouble(TroubleKind.INSTALL_FAILED, "it is wrong"));
        }
        boolean needsLandlord = switch (effect) {
            case HostEffect.RebootNow(Reboot reboot) -> reboot.by() != Rung.SHELL;
            case HostEffect.Claim c -> true;
            case HostEffect.EnsureKey e -> true;
            case HostEffect.ArmRescue a -> true;
            case HostEffect.DisarmRescue d -> true;
            case HostEffect.Release r -> true;
            default -> false;
        };
        boolean arrives = fate != HostEvent.NEXT_EFFECT_IS_LOST_ON_ITS_WAY
                && (needsLandlord ? landlordUp : reachable || effect instanceof HostEffect.Forget);
        if (effect instanceof HostEffect.RebootNow(Reboot reboot)) {
            lastReset = reboot;
            outcomeSeen = false;
        }
        if (!arrives) {
            return new HostAnswer.Unsure("no answer");
        }
        HostAnswer answer = done(effect);
        return fate == HostEvent.NEXT_ANSWER_IS_LOST ? new HostAnswer.Unsure("the answer was lost") : answer;
    }

    private HostAnswer done(HostEffect effect) {
        switch (effect) {
            case HostEffect.Claim c -> owner = OURS;
            case HostEffect.EnsureKey e -> {}
            case HostEffect.ArmRescue a -> {
                armed = true;
                rescueBootedAt = null;
            }
            case HostEffect.DisarmRescue d -> armed = false;
            case HostEffect.RebootNow(Reboot reboot) -> {
                if (reboot.by() != Rung.SHELL || reboot.bootBefore().equals(boot)) {
                    stops(Running.BOOTING);
                }
            }
            case HostEffect.Inspect i -> {
                return new HostAnswer.Looked(hardware());
            }
            case HostEffect.LookAtDisks l -> {
                return new HostAnswer.Looked(hardware());
            }
            case HostEffect.Install(String wanted, DiskPlan disks) -> {
                if (!disk.equals(wanted) || diskKey.isEmpty()) {
                    disk = wanted;
                    diskKey = "installed in " + boot;
                    writing = true;
                }
                return writing ? new HostAnswer.GoesOn("some of it") : new HostAnswer.Done();
            }
            case HostEffect.CollectHostKeys c -> {
                toldKeys.add(diskKey);
                return new HostAnswer.HostKeys(Set.of(diskKey));
            }
            case HostEffect.Probe p -> {
                return new HostAnswer.Probed(probeFailures(), hardwareFailings());
            }
            case HostEffect.Wipe w -> {
                if (!disk.isEmpty()) {
                    disk = "";
                    diskKey = "";
                    writing = true;
                }
                return writing ? new HostAnswer.GoesOn("some of it") : new HostAnswer.Done();
            }
            case HostEffect.Release r -> owner = "";
            case HostEffect.Forget f -> forgotten = true;
        }
        return new HostAnswer.Done();
    }

    private List<String> probeFailures() {
        return probeFails ? List.of("no KVM") : List.of();
    }

    private List<String> hardwareFailings() {
        return hardwareFails ? List.of("its memory is broken") : List.of();
    }

    private Hardware hardware() {
        Disk seen = new Disk(
                DISK.device(), DISK.wwn(), "", DISK.bytes(), mark, diskFails ? List.of("it fails") : List.of());
        return new Hardware("arm64", 80, 256L << 30, List.of(seen));
    }

    private void judge(HostEffect effect, HostLife life, HostSight seen) {
        String what = HostNarration.of(effect);
        if (isDestructive(effect) && workers > 0 && seen.shell() instanceof Shell.InSystem) {
            breaks(HostPromise.NOTHING_DESTROYED_UNDER_A_WORKER, what + " though its system answers");
        }
        if (isDestructive(effect) && workers > 0 && !(seen.shell() instanceof Shell.InRescue)) {
            Duration patience = jobs > 0 ? rules.lifelessTimeout() : rules.silenceTimeout();
            boolean isSilent = unseenSince != null && !now.isBefore(unseenSince.plus(patience));
            boolean lastHadItsTime =
                    lastReset != null && !now.isBefore(lastReset.at().plus(rules.bootTimeout()));
            if (heard || !(isSilent || lastHadItsTime)) {
                breaks(HostPromise.NOTHING_DESTROYED_UNDER_A_WORKER, what + " though it may live");
            }
        }
        if (isDestructive(effect) && owner.equals(THEIRS) && landlordUp && seen.landlord() instanceof Landlord.Server) {
            breaks(HostPromise.NOTHING_OF_ANOTHERS_TOUCHED, what + " of another's server");
        }
        boolean overwrites = effect instanceof HostEffect.Install || effect instanceof HostEffect.Wipe;
        if (overwrites && markWasThere && mark.equals(THEIRS)) {
            breaks(HostPromise.NOTHING_OF_ANOTHERS_TOUCHED, what + " over another's mark");
        }
        if (overwrites && (running != Running.RESCUE || !boot.equals(life.work().bootId()))) {
            breaks(HostPromise.WORK_STAYS_IN_ITS_BOOT, what + " in another boot than it began in");
        }
        if (effect instanceof HostEffect.Install(String wanted, DiskPlan disks)
                && (removal != null || !wanted.equals(generation))) {
            breaks(HostPromise.NOTHING_DESTROYED_UNWANTED, what);
        }
        if (effect instanceof HostEffect.Wipe && removal != Removal.WIPE) {
            breaks(HostPromise.NOTHING_DESTROYED_UNWANTED, what);
        }
        if (effect instanceof HostEffect.RebootNow(Reboot reboot)) {
            if (!reboot.equals(stored.reboot())) {
                breaks(HostPromise.NOTHING_RESET_TWICE, what + " without its record");
            }
            // One by its system ends only that boot, however often it is asked for.
            boolean isBlind = reboot.by() != Rung.SHELL;
            if (isBlind
                    && lastReset != null
                    && !outcomeSeen
                    && now.isBefore(lastReset.at().plus(rules.rebootGrace()))) {
                breaks(HostPromise.NOTHING_RESET_TWICE, what + " at " + now + " after one at " + lastReset.at());
            }
        }
    }

    private static boolean isDestructive(HostEffect effect) {
        return effect instanceof HostEffect.RebootNow
                || effect instanceof HostEffect.Install
                || effect instanceof HostEffect.Wipe;
    }

    private void breaks(HostPromise promise, String how) {
        broken.putIfAbsent(promise, how);
        log.add("  BROKEN " + promise + ": " + how);
    }
}
