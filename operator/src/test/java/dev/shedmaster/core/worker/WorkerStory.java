package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.placement.OfferingMemory;
import dev.shedmaster.core.story.GoldenLives;
import dev.shedmaster.core.worker.WorkerSight.AgentSight;
import dev.shedmaster.core.worker.WorkerSight.MachineSight;
import dev.shedmaster.core.worker.WorkerState.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One worker's life, told step by step. A story is text: its unindented lines say what happens, the indented ones below
 * each what follows. This reads the former and writes the latter.
 *
 * <pre>
 * # what the story shows
 * offers SIZE Spot|OnDemand [in ACCOUNT], …      the pool's ladder, best first
 * rules maxJobs=1 drainTimeout=30m …             what differs from the defaults
 * 14:00:00 given STATE                           where the worker is; its offering is the first
 * 14:00:05 machine Running, agent offline, …     what is seen from then on; other parts stay as they were
 * 14:00:06 answer accepted                       how the request went
 * </pre>
 *
 * An agent is {@code Unknown}, {@code Absent}, or some of {@code idle}, {@code offline}, {@code marked} (offline, by a
 * person), {@code stopped} (by ourselves, for running its one job) and {@code runs JOB + JOB …}, where {@code ?} is a job of which nothing is told
 * and {@code JOB again} another item of the run of {@code JOB}. Beside machine and agent a line may say {@code removal WHY}, {@code exhausted OFFERING} (the
 * provider refused it to another worker), {@code closed ACCOUNT} (it lets nobody read), {@code opened ACCOUNT} (it takes orders again),
 * {@code restarted} (the CI system is heard for the first time after a restart, and takes jobs up for ten minutes),
 * {@code awaited} and {@code unawaited} (a job waits that names this agent, or no longer), {@code obstacle WHY} and {@code unobstructed} (the pool's ladder is not, or again, known),
 * {@code waited DURATION} (for its turn among our own calls, until now), {@code unregistered DURATION} (by its CI system), {@code crash} (what was not stored is lost) and {@code time passes}.
 */
final class WorkerStory {
    private static final String INDENT = "           ";

    private final List<String> text = new ArrayList<>();
    private List<Offering> offers = List.of();
    private WorkerRules rules = WorkerRules.DEFAULT;
    private OfferingMemory memory = OfferingMemory.EMPTY;
    private MachineSight machine = new MachineSight.Unlisted();
    private AgentSight agent = new AgentSight.Absent();
    private boolean ciOut;
    private Instant ciAnswersSince = Instant.EPOCH;
    private @Nullable String removal;
    private @Nullable String obstacle;
    private @Nullable CiRestart restart;
    private Held held = Held.NOT;
    private @Nullable WorkerLife life;
    /** What a crash leaves: the record as it was stored last. */
    private @Nullable WorkerLife stored;

    private WorkerStory() {}

    /** The story with what really follows in place of what it says. */
    static List<String> told(List<String> script) {
        WorkerStory story = new WorkerStory();
        GoldenLives.tell(script, story.text, story::read);
        return story.text;
    }

    private void read(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return;
        }
        String[] words = line.split(" ", 2);
        switch (words[0]) {
            case "offers" ->
                offers = parts(words[1]).stream().map(WorkerStory::offering).toList();
            case "rules" -> rules = RulesText.of(words[1]);
            default -> happens(Instant.parse("2026-11-24T" + words[0] + "Z"), words[1]);
        }
    }

    private void happens(Instant now, String what) {
        if (what.startsWith("given ")) {
            life = given(what.substring("given ".length()), now);
            stored = life;
            return;
        }
        Objects.requireNonNull(life, "a story begins with: given");
        Optional<String> answer = Optional.empty();
        for (String part : parts(what)) {
            if (part.startsWith("answer ")) {
                answer = Optional.of(part.substring("answer ".length()));
            } else {
                changes(part, now);
            }
        }
        WorkerLife before = life;
        Transition transition = answer.isPresent()
                ? answered(before, answer.get(), now)
                : WorkerLifecycle.next(before, sight(now), rules, now);
        life = transition.life();
        // A step that stores nothing first is stored after its effects: a crash that follows it has lost it.
        stored = transition.storeFirst(before) ? life : before;
        Narration.of(before, transition).forEach(fact -> text.add(INDENT + fact));
    }

    private Transition answered(WorkerLife asked, String words, Instant now) {
        WorkerAnswer answer = answer(words, asked, now);
        forgetOldReadings(answer);
        return WorkerLifecycle.answered(asked, answer, sight(now), rules, now);
    }

    /** The request may have changed what was read before it. */
    private void forgetOldReadings(WorkerAnswer answer) {
        boolean hadNoEffect = answer instanceof WorkerAnswer.MachineRefused refused
                && refused.refusal().isWithoutEffect();
        if (machine instanceof MachineSight.Absent && !hadNoEffect) {
            machine = new MachineSight.Unlisted();
        }
        if (agent instanceof AgentSight.Absent) {
            agent = new AgentSight.Unknown(new Silence("ci/jenkins", null));
        }
    }

    private WorkerSight sight(Instant now) {
        List<Offering> ladder = (obstacle == null ? offers : List.<Offering>of())
                .stream()
                        .filter(offering -> memory.blocking(offering, "t1", now).isEmpty())
                        .toList();
        return new WorkerSight(machine, agent, ciAnswersSince, removal, ladder, obstacle, restart, held);
    }

    private void changes(String part, Instant now) {
        String[] words = part.split(" ", 2);
        switch (words[0]) {
            case "machine" -> machine = machine(words[1]);
            case "agent" -> {
                agent = agent(words[1], now);
                boolean answers = !(agent instanceof AgentSight.Unknown);
                ciAnswersSince = ciOut && answers ? now : ciAnswersSince;
                ciOut = !answers;
                restart = preceding(restart, now);
            }
            case "removal" -> removal = words[1];
            case "exhausted" -> {
                Offering out = offering(words[1]);
                memory = memory.with(blocking(out, now), now);
            }
            case "closed" -> {
                memory = memory.with(closed(words[1], now), now);
            }
            case "opened" -> {
                Blockage.Scope refused = new Blockage.ClosedAccount("ci/" + words[1], Blockage.Closure.REFUSES_ORDERS);
                memory = memory.without(known -> known.scope().equals(refused));
            }
            case "obstacle" -> obstacle = words[1];
            case "unobstructed" -> obstacle = null;
            case "restarted" -> restart = new CiRestart(now, now.plus(Duration.ofMinutes(10)), false, false);
            case "awaited" -> restart = awaiting(Objects.requireNonNull(restart), true);
            case "unawaited" -> restart = awaiting(Objects.requireNonNull(restart), false);
            case "waited" -> held = new Held(held.byUs().plus(RulesText.duration(words[1])), held.unregistered());
            case "unregistered" ->
                held = new Held(held.byUs(), held.unregistered().plus(RulesText.duration(words[1])));
            case "crash" -> {
                life = stored;
                held = Held.NOT;
            }
            case "time" -> {}
            default -> throw new IllegalArgumentException("unknown part: " + part);
        }
    }

    private static @Nullable CiRestart preceding(@Nullable CiRestart known, Instant seenAt) {
        return known == null
                ? null
                : new CiRestart(known.at(), known.ends(), known.awaited(), seenAt.isAfter(known.at()));
    }

    private static CiRestart awaiting(CiRestart known, boolean awaited) {
        return new CiRestart(known.at(), known.ends(), awaited, known.precedesSight());
    }

    private static MachineSight machine(String words) {
        if (words.startsWith("Broken: ")) {
            return new MachineSight.Broken(new Refusal.Invalid("osProfile", words.substring("Broken: ".length())));
        }
        return switch (words) {
            case "Unknown" -> new MachineSight.Unknown();
            case "Unlisted" -> new MachineSight.Unlisted();
            case "Absent" -> new MachineSight.Absent();
            case "Starting" -> new MachineSight.Starting();
            case "Running" -> new MachineSight.Running();
            case "Stopped" -> new MachineSight.Stopped();
            case "Leaving" -> new MachineSight.Leaving();
            case "Broken for capacity" ->
                new MachineSight.Broken(new Refusal.NoCapacity(
                        new Blockage(new Blockage.WholeAccount("ci/azure"), Instant.MAX, "AllocationFailed"),
                        "AllocationFailed"));
            default -> throw new IllegalArgumentException("unknown machine: " + words);
        };
    }

    private static AgentSight agent(String words, Instant now) {
        if (words.equals("Unknown")) {
            return new AgentSight.Unknown(new Silence("ci/jenkins", now));
        }
        if (words.equals("Unknown for good")) {
            return new AgentSight.Unknown(new Silence("ci/jenkins", null, true));
        }
        if (words.equals("Absent")) {
            return new AgentSight.Absent();
        }
        String[] parts = words.split("(^| )runs ", 2);
        List<String> flags = List.of(parts[0].split(" "));
        return new AgentSight.Present(
                !flags.contains("offline"),
                !flags.contains("marked") && !flags.contains("stopped"),
                flags.contains("stopped") ? "runs its one job" : null,
                parts.length == 2 ? jobs(parts[1]) : List.of());
    }

    private static List<Job> jobs(String words) {
        return Stream.of(words.split(" \\+ "))
                .map(name -> name.equals("?") ? new Job("", "a job of which nothing is told", "") : job(name))
                .toList();
    }

    /** One of the same run as the job that is called so without {@code again}. */
    private static Job job(String name) {
        return new Job(name, name, "/job/" + name.replaceFirst(" again$", ""));
    }

    private WorkerAnswer answer(String words, WorkerLife asked, Instant now) {
        if (words.equals("accepted")) {
            return new WorkerAnswer.Accepted("/machines/w1", "/operations/1");
        }
        if (words.startsWith("not ordered ")) {
            return new WorkerAnswer.NotOrdered(wrong(words.substring("not ordered invalid: ".length())));
        }
        return words.startsWith("enrolment ")
                ? new WorkerAnswer.EnrolmentRefused(refusal(words.substring("enrolment ".length()), asked, now))
                : new WorkerAnswer.MachineRefused(refusal(words, asked, now));
    }

    private Refusal refusal(String words, WorkerLife asked, Instant now) {
        String[] parts = words.split(": ", 2);
        return switch (parts[0]) {
            case "no capacity" ->
                learned(new Refusal.NoCapacity(blocking(asked.offering(), now), parts[1]), asked, now);
            case "no quota" ->
                learned(
                        new Refusal.NoCapacity(
                                new Blockage(
                                        new Blockage.WholeAccount(
                                                asked.offering().account()),
                                        now.plus(Duration.ofMinutes(5)),
                                        parts[1]),
                                parts[1]),
                        asked,
                        now);
            case "throttled" -> learned(new Refusal.Throttled(RulesText.duration(parts[1]), "429"), asked, now);
            case "held back" -> new Refusal.HeldBack(RulesText.duration(parts[1]), "others first");
            case "unauthorized" -> learned(new Refusal.Unauthorized("401"), asked, now);
            case "invalid" -> learned(wrong(parts[1]), asked, now);
            case "unsure" -> new Refusal.Unsure("connection reset");
            default -> throw new IllegalArgumentException("unknown answer: " + words);
        };
    }

    /** Learned before the worker is told, as whoever performs the request must do. */
    private Refusal learned(Refusal refusal, WorkerLife asked, Instant now) {
        refusal.blockage(asked.offering(), "t1", now).ifPresent(blockage -> memory = memory.with(blockage, now));
        return refusal;
    }

    private static Refusal wrong(String words) {
        return new Refusal.Invalid(words.split(" ", 2)[0], words.split(" ", 2)[1]);
    }

    private static Blockage closed(String account, Instant now) {
        return new Blockage(
                new Blockage.ClosedAccount("ci/" + account, Blockage.Closure.UNREADABLE),
                now.plus(Duration.ofHours(1)),
                "401");
    }

    private static Blockage blocking(Offering offering, Instant now) {
        return new Blockage(
                new Blockage.SizeAt(offering.account(), offering.size(), null, offering.type()),
                now.plus(Duration.ofMinutes(5)),
                "SkuNotAvailable");
    }

    private WorkerLife given(String words, Instant now) {
        String[] parts = words.split(" ", 2);
        WorkerState state = switch (parts[0]) {
            case "Requested" -> new WorkerState.Requested();
            case "Creating" -> new WorkerState.Creating();
            case "Booting" -> new WorkerState.Booting();
            case "Registering" -> new WorkerState.Registering();
            case "Idle" -> new WorkerState.Idle();
            case "Busy" -> new WorkerState.Busy(Workload.NONE.seen(jobs(parts[1]), now));
            case "Draining" -> new WorkerState.Draining(Workload.NONE, parts[1], null);
            case "Deleting" -> new WorkerState.Deleting(parts[1]);
            case "Gone" -> new WorkerState.Gone(parts[1]);
            case "Failed" -> new WorkerState.Failed(FailureKind.NOT_REGISTERED, parts[1]);
            default -> throw new IllegalArgumentException("unknown state: " + words);
        };
        return WorkerLife.requested(offers.getFirst(), now).entering(state, now);
    }

    private static List<String> parts(String words) {
        return List.of(words.split(", "));
    }

    private static Offering offering(String words) {
        String[] parts = words.split(" ");
        String account = parts.length == 4 ? parts[3] : "azure";
        CapacityType type = CapacityType.valueOf(parts[1].equals("Spot") ? "SPOT" : "ON_DEMAND");
        return new Offering(account, "ci/" + account, parts[0], "standardDDSv5Family", null, type, 8, 0.5);
    }
}
