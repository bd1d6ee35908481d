package dev.shedmaster.core.host;

import dev.shedmaster.core.host.HostLife.Installed;
import dev.shedmaster.core.host.HostSight.Health;
import dev.shedmaster.core.host.HostSight.Landlord;
import dev.shedmaster.core.host.HostSight.Occupancy;
import dev.shedmaster.core.host.HostSight.Rescue;
import dev.shedmaster.core.host.HostSight.Shell;
import dev.shedmaster.core.host.HostSight.Turn;
import dev.shedmaster.core.host.HostWish.Removal;
import dev.shedmaster.core.story.GoldenLives;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One host's life, told step by step. A story is text: its unindented lines say what happens, the indented ones below each what
 * follows. This reads the former and writes the latter.
 *
 * <pre>
 * # what the story shows
 * 12:00:00 given STATE                       Registered, Ready (generation g1, boot s1) or Gone
 * 12:00:05 shell silent, workers 2 jobs 1    what is seen from then on; other parts stay as they were
 * 12:00:06 answer done                       how the effect went
 * </pre>
 *
 * A part of a line is one of
 *
 * <pre>
 * landlord none | silent | missing | free | ours | theirs | cancelled
 * rescue unknown | disarmed | armed | booted TIME
 * rungs SOFTWARE HARDWARE …, off, on
 * shell unasked | silent | stranger | locked | rescue BOOT | system BOOT [GENERATION]
 * health unread | well | WHY
 * hardware well | WHY
 * workers NUMBER jobs NUMBER, heard, unheard
 * turn granted | not WHY
 * wants GENERATION | others, removal wipe | retain, maintenance, no maintenance, released
 * scratch                                    a second disk is wanted
 * answer done | going | later MINUTES | unsure | failed KIND | keys [KEY …] | probed [WHY] | broken WHY | looked ARCH CPUS GIB DISK …
 * crash, time passes
 * </pre>
 *
 * A {@code DISK} is {@code NAME:GB[:OWNER[:FAILING]]}, its owner {@code -} for none.
 */
final class HostStory {
    private static final String INDENT = "           ";
    private static final String OWNER = "t1 ci/rx220-1";

    private final List<String> text = new ArrayList<>();
    private final HostRules rules = HostRules.DEFAULT;
    private String landlord = "free";
    private String rescue = "disarmed";
    private Set<Rung> rungs = EnumSet.of(Rung.SOFTWARE, Rung.HARDWARE);
    private boolean off;
    private String shell = "silent";
    private String health = "unread";
    private String hardware = "well";
    private Occupancy occupancy = Occupancy.EMPTY;
    private String turn = "granted";
    private String generation = "g1";
    private boolean scratch;
    private boolean maintenance;
    private @Nullable Removal removal;
    private @Nullable Instant removedAt;
    private @Nullable Instant releasedAt;
    private Instant specChangedAt = Instant.EPOCH;
    private @Nullable HostLife life;
    /** What a crash leaves: the record as it was stored last. */
    private @Nullable HostLife stored;

    private @Nullable HostEffect pending;

    private HostStory() {}

    /** The story with what really follows in place of what it says. */
    static List<String> told(List<String> script) {
        HostStory story = new HostStory();
        GoldenLives.tell(script, story.text, story::read);
        return story.text;
    }

    private void read(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split(" ", 2);
        happens(time(words[0]), words[1]);
    }

    private static Instant time(String clock) {
        return Instant.parse("2026-11-24T" + clock + "Z");
    }

    private void happens(Instant now, String what) {
        if (what.startsWith("given ")) {
            life = given(what.substring("given ".length()), now);
            stored = life;
            return;
        }
        HostLife before = Objects.requireNonNull(life, "a story begins with: given");
        Optional<HostAnswer> answer = Optional.empty();
        for (String part : what.split(", ")) {
            String[] words = part.split(" ", 2);
            if (words[0].equals("answer")) {
                answer = Optional.of(answer(words[1]));
            } else if (part.equals("crash")) {
                before = Objects.requireNonNull(stored);
            } else {
                changes(words[0], words.length > 1 ? words[1] : "", now);
            }
        }
        HostTransition transition = answer.isPresent()
                ? HostLifecycle.answered(
                        before,
                        Objects.requireNonNull(pending, "nothing was asked for"),
                        answer.get(),
                        sight(),
                        rules,
                        now)
                : HostLifecycle.next(before, sight(), rules, now);
        life = transition.life();
        pending = transition.effect();
        // A step that stores nothing first is stored after its effects: a crash that follows it has lost it.
        stored = transition.storeFirst() ? life : before;
        HostNarration.of(transition).forEach(fact -> text.add(INDENT + fact));
    }

    private HostLife given(String state, Instant now) {
        HostLife known = HostLife.registered(now);
        return switch (state) {
            case "Registered" -> known;
            case "Ready" -> {
                landlord = "ours";
                shell = "system s1 g1";
                health = "well";
                yield known.having(new Installed("g1", Set.of("K1"), "s1")).entering(new HostState.Ready(), now);
            }
            case "Gone" -> known.entering(new HostState.Gone(), now);
            default -> throw new IllegalArgumentException("no state: " + state);
        };
    }

    private void changes(String word, String value, Instant now) {
        switch (word) {
            case "landlord" -> landlord = value;
            case "rescue" -> rescue = value;
            case "rungs" -> {
                rungs = EnumSet.noneOf(Rung.class);
                Arrays.stream(value.split(" ")).map(Rung::valueOf).forEach(rungs::add);
            }
            case "off" -> off = true;
            case "on" -> off = false;
            case "shell" -> shell = value;
            case "health" -> health = value;
            case "hardware" -> hardware = value;
            case "workers" -> {
                String[] numbers = value.split(" ");
                occupancy =
                        new Occupancy(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[2]), occupancy.isHeard());
            }
            case "heard" -> occupancy = new Occupancy(occupancy.workers(), occupancy.jobs(), true);
            case "unheard" -> occupancy = new Occupancy(occupancy.workers(), occupancy.jobs(), false);
            case "turn" -> turn = value;
            case "wants" -> {
                generation = value.equals("others") ? "" : value;
                specChangedAt = now;
            }
            case "scratch" -> scratch = true;
            case "removal" -> {
                removal = Removal.valueOf(value.toUpperCase(Locale.ROOT));
                specChangedAt = removedAt == null ? specChangedAt : now;
                removedAt = removedAt == null ? now : removedAt;
            }
            case "maintenance" -> maintenance = true;
            case "no" -> maintenance = false;
            case "released" -> releasedAt = now;
            case "time" -> {}
            default -> throw new IllegalArgumentException("no part: " + word);
        }
    }

    private HostSight sight() {
        HostWish wish = new HostWish(
                OWNER,
                generation,
                new HostWish.Expected("arm64", 80, 256L << 30),
                new DiskHint("spec.rootDisk", null, null, 900_000_000_000L, OptionalInt.of(0)),
                scratch
                        ? Optional.of(new DiskHint("spec.scratchDisk", null, null, 0, OptionalInt.of(1)))
                        : Optional.empty(),
                maintenance,
                removal,
                removedAt,
                releasedAt,
                specChangedAt,
                generation.isEmpty() ? Set.of("K9") : Set.of());
        return new HostSight(wish, landlord(), shell(), health(), occupancy, turn());
    }

    private Landlord landlord() {
        return switch (landlord) {
            case "none" -> new Landlord.None();
            case "silent" -> new Landlord.Silent("503");
            case "missing" -> new Landlord.Missing("there is no server 321654: correct spec.robot.serverNumber");
            case "free" -> server("", "");
            case "ours" -> server(OWNER, "");
            case "theirs" -> server("t2 ci/other", "");
            case "cancelled" -> server(OWNER, "its rent has been cancelled");
            default -> throw new IllegalArgumentException("no landlord: " + landlord);
        };
    }

    private Landlord server(String owner, String unusable) {
        return new Landlord.Server(owner, unusable, new HostSight.Resets(rungs, off), rescue());
    }

    private @Nullable Rescue rescue() {
        return switch (rescue) {
            case "unknown" -> null;
            case "disarmed" -> new Rescue(false, null, Set.of());
            case "armed" -> new Rescue(true, null, Set.of());
            default -> new Rescue(false, time(rescue.substring("booted ".length())), Set.of("R1"));
        };
    }

    private Shell shell() {
        String[] words = shell.split(" ");
        return switch (words[0]) {
            case "unasked" -> new Shell.Unasked();
            case "silent" -> new Shell.Silent("no answer at port 22");
            case "stranger" -> new Shell.Stranger("SHA256:x");
            case "locked" -> new Shell.Locked("it does not accept the key of spec.sshKey");
            case "rescue" -> new Shell.InRescue(words[1]);
            case "system" -> new Shell.InSystem(words[1], words.length > 2 ? words[2] : "");
            default -> throw new IllegalArgumentException("no shell: " + shell);
        };
    }

    private Health health() {
        return switch (health) {
            case "unread" -> new Health.Unread();
            case "well" -> new Health.Read(List.of(), failings(hardware));
            default -> new Health.Read(List.of(health), failings(hardware));
        };
    }

    private static List<String> failings(String hardware) {
        return hardware.equals("well") ? List.of() : List.of(hardware);
    }

    private Turn turn() {
        return turn.equals("granted") ? new Turn.Granted() : new Turn.NotYet(turn.substring("not ".length()));
    }

    private static HostAnswer answer(String words) {
        String[] parts = words.split(" ", 2);
        String rest = parts.length > 1 ? parts[1] : "";
        return switch (parts[0]) {
            case "done" -> new HostAnswer.Done();
            case "going" -> new HostAnswer.GoesOn("12 %");
            case "later" -> new HostAnswer.Later(Duration.ofMinutes(Integer.parseInt(rest)), "too many requests");
            case "unsure" -> new HostAnswer.Unsure("the answer was lost");
            case "failed" -> new HostAnswer.Failed(new Trouble(TroubleKind.valueOf(rest), "it is wrong"));
            case "keys" -> new HostAnswer.HostKeys(rest.isEmpty() ? Set.of() : Set.of(rest.split(" ")));
            case "probed" -> new HostAnswer.Probed(rest.isEmpty() ? List.of() : List.of(rest), List.of());
            case "broken" -> new HostAnswer.Probed(List.of(), List.of(rest));
            case "looked" -> new HostAnswer.Looked(hardware(rest.split(" ")));
            default -> throw new IllegalArgumentException("no answer: " + words);
        };
    }

    private static Hardware hardware(String[] words) {
        List<Disk> disks = Arrays.stream(words).skip(3).map(HostStory::disk).toList();
        return new Hardware(words[0], Integer.parseInt(words[1]), Long.parseLong(words[2]) << 30, disks);
    }

    private static Disk disk(String text) {
        String[] parts = text.split(":");
        return new Disk(
                "/dev/" + parts[0],
                "wwn-" + parts[0],
                "",
                Long.parseLong(parts[1]) * 1_000_000_000L,
                parts.length > 2 && !parts[2].equals("-") ? parts[2] : "",
                parts.length > 3 ? List.of(parts[3]) : List.of());
    }
}
