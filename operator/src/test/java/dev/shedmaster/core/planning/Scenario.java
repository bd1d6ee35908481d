package dev.shedmaster.core.planning;

import dev.shedmaster.core.demand.OutsideAgents;
import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A story told in a file: a fleet, then what happens, and after each happening the plan that was made, in lines that begin
 * with {@code |}. Reading it again yields the file with the plans that are made now. The sentences that may happen are
 * listed in {@link #sentences()}.
 */
final class Scenario {
    private final ScenarioWorld world = new ScenarioWorld();
    private final Map<Pattern, BiConsumer<MatchResult, Instant>> sentences = sentences();
    private final List<String> told = new ArrayList<>();
    private @Nullable Instant now;
    private boolean planDue;

    static List<String> retell(List<String> lines) {
        Scenario scenario = new Scenario();
        for (String line : lines) {
            scenario.read(line);
        }
        scenario.planIfDue();
        return scenario.told;
    }

    private void read(String line) {
        if (line.startsWith("|")) {
            return;
        }
        boolean goesOn = line.startsWith("  and ");
        if (!goesOn) {
            planIfDue();
        }
        told.add(line);
        String text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        if (goesOn) {
            happen(text.substring("and ".length()));
        } else if (text.startsWith("at ")) {
            now = time(text.substring(3, 11));
            planDue = true;
            happen(text.substring(12));
        } else {
            new FleetLine(text).addTo(world);
        }
    }

    private void planIfDue() {
        if (planDue && now != null) {
            FleetView view = world.view(now);
            FleetPlan plan = FleetPlanner.plan(view, Policy.DEFAULT, now);
            PlanLaws.hold(view, Policy.DEFAULT, now, plan);
            Narration.of(plan).forEach(line -> told.add("| " + line));
            world.carryOut(plan, now);
            planDue = false;
        }
    }

    private void happen(String text) {
        Instant when = now;
        if (when == null) {
            throw new IllegalArgumentException("say when: " + text);
        }
        for (Map.Entry<Pattern, BiConsumer<MatchResult, Instant>> sentence : sentences.entrySet()) {
            Matcher matcher = sentence.getKey().matcher(text);
            if (matcher.matches()) {
                sentence.getValue().accept(matcher.toMatchResult(), when);
                return;
            }
        }
        throw new IllegalArgumentException("no such sentence: " + text + "; there are:\n"
                + sentences.keySet().stream().map(Pattern::pattern).collect(Collectors.joining("\n")));
    }

    private Map<Pattern, BiConsumer<MatchResult, Instant>> sentences() {
        Map<Pattern, BiConsumer<MatchResult, Instant>> all = new LinkedHashMap<>();
        say(all, "nothing happens", (m, at) -> {});
        say(all, "(\\d+) jobs? arrives? at (\\S+) for (.+)", (m, at) -> world.arrive(m.group(2), n(m), m.group(3), at));
        say(
                all,
                "(\\d+) jobs? (?:is|are) cancelled at (\\S+) for (.+)",
                (m, at) -> world.cancel(m.group(2), n(m), m.group(3)));
        say(all, "all workers connect", (m, at) -> world.connectAll(at));
        say(
                all,
                "(\\d+) workers? of (\\S+) starts?",
                (m, at) -> world.moveSome(m.group(2), n(m), stage -> stage == Stage.REQUESTED, Stage.STARTING, at));
        say(all, "(\\d+) workers? of (\\S+) connects?", (m, at) -> {
            world.moveSome(m.group(2), n(m), Stage::isComing, Stage.IDLE, at);
            world.change(m.group(2), pool -> ScenarioPools.withHistory(pool, BootHistory.NONE));
        });
        say(all, "idle workers take jobs", (m, at) -> world.takeJobs(at));
        say(all, "(\\d+) jobs? of (\\S+) ends?", (m, at) -> world.endJobs(m.group(2), n(m), at));
        say(all, "(\\d+) jobs? of (\\S+) ends? with (?:its|their) workers?", (m, at) -> {
            world.endJobs(m.group(2), n(m), at);
            world.moveSome(m.group(2), n(m), stage -> stage == Stage.IDLE, Stage.DELETING, at);
            world.leave();
        });
        say(all, "leaving workers are gone", (m, at) -> world.leave());
        say(
                all,
                "(\\d+) workers? of (\\S+) fails? and (?:is|are) kept: (.+)",
                (m, at) -> world.fail(m.group(2), n(m), true, m.group(3), at));
        say(
                all,
                "(\\d+) workers? of (\\S+) fails?: (.+)",
                (m, at) -> world.fail(m.group(2), n(m), false, m.group(3), at));
        say(
                all,
                "(\\S+) refuses network (\\S+) until (\\S+): (.+)",
                (m, at) -> world.refuse(
                        new Blockage.WholeNetwork(m.group(1), m.group(2)), time(m.group(3)), m.group(4), at));
        say(
                all,
                "(\\S+) refuses (\\S+)(?: (SPOT|ON_DEMAND))? until (\\S+): (.+)",
                (m, at) -> world.refuse(m.group(1), m.group(2), m.group(3), time(m.group(4)), m.group(5), at));
        say(
                all,
                "(\\d+) machines? of (\\S+) (?:is|are) shown",
                (m, at) -> world.change(m.group(2), pool -> ScenarioPools.withMachines(pool, n(m))));
        say(
                all,
                "(\\S+) is (unreadable|refusing orders|at rest) until (\\S+): (.+)",
                (m, at) -> world.close(m.group(1), closure(m.group(2)), time(m.group(3)), m.group(4), at));
        say(
                all,
                "(\\S+) is wrong for (\\S+) until (\\S+): (.+)",
                (m, at) -> world.findWrong(m.group(2), m.group(1), time(m.group(3)), m.group(4), at));
        say(all, "(\\S+) lets us read again", (m, at) -> world.open(m.group(1)));
        say(all, "(\\S+) falls silent", (m, at) -> world.silence(m.group(1), true));
        say(all, "(\\S+) answers again", (m, at) -> world.silence(m.group(1), false));
        say(
                all,
                "(\\S+) gets min (\\d+) max (\\d+)(?: by schedule (.+))?",
                (m, at) -> world.change(
                        m.group(1),
                        pool -> ScenarioPools.withSize(
                                pool, Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)), m.group(4))));
        say(
                all,
                "(\\S+) gets max (\\d+) by (.+)",
                (m, at) -> world.change(
                        m.group(1), pool -> ScenarioPools.withMaximum(pool, Integer.parseInt(m.group(2)), m.group(3))));
        say(
                all,
                "(\\S+) gets template (\\S+)",
                (m, at) -> world.change(m.group(1), pool -> ScenarioPools.withTemplate(pool, m.group(2))));
        say(
                all,
                "(\\S+) gets labels (\\S+) and template (\\S+)",
                (m, at) -> world.change(
                        m.group(1),
                        pool -> ScenarioPools.withTemplate(
                                ScenarioPools.withLabels(pool, Set.of(m.group(2).split(","))), m.group(3))));
        say(
                all,
                "(\\S+) is blocked: (.+)",
                (m, at) -> world.change(m.group(1), pool -> ScenarioPools.withBlocker(pool, m.group(2))));
        say(
                all,
                "(\\S+) is mended",
                (m, at) -> world.change(m.group(1), pool -> ScenarioPools.withBlocker(pool, null)));
        say(all, "(\\S+) is deleted", (m, at) -> world.change(m.group(1), ScenarioPools::closing));
        say(
                all,
                "(\\S+) expects (\\d+) and keeps (\\d+) free: (.+)",
                (m, at) -> world.change(
                        m.group(1),
                        pool -> ScenarioPools.withForesight(
                                pool,
                                new Foresight(
                                        Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)), m.group(4)))));
        return all;
    }

    private static void say(
            Map<Pattern, BiConsumer<MatchResult, Instant>> all,
            String sentence,
            BiConsumer<MatchResult, Instant> meaning) {
        all.put(Pattern.compile(sentence), meaning);
    }

    private static Blockage.Closure closure(String words) {
        return switch (words) {
            case "unreadable" -> Blockage.Closure.UNREADABLE;
            case "refusing orders" -> Blockage.Closure.REFUSES_ORDERS;
            default -> Blockage.Closure.WANTS_REST;
        };
    }

    private static int n(MatchResult match) {
        return Integer.parseInt(match.group(1));
    }

    static Instant time(String clock) {
        LocalTime.parse(clock);
        return Instant.parse("2026-11-24T" + clock + "Z");
    }

    /** A line that describes a part of the fleet: a word, a name, then words with or without a value. */
    private static final class FleetLine {
        private static final Set<String> FLAGS = Set.of("exclusive", "spot", "closed");
        /** What each kind of line may say beside its name; flags stand alone, the others before their value. */
        private static final Map<String, Set<String>> WORDS = Map.of(
                "source",
                Set.of(),
                "account",
                Set.of("in", "workers", "vcpus"),
                "pool",
                Set.of(
                        "for",
                        "labels",
                        "exclusive",
                        "slots",
                        "min",
                        "max",
                        "idle",
                        "priority",
                        "weight",
                        "soft",
                        "hard"),
                "offering",
                Set.of("of", "from", "size", "spot", "vcpus", "price", "network"),
                "worker",
                Set.of("of", "is", "since", "offering", "jobs", "closed", "template"),
                "agent",
                Set.of("of", "labels", "is"));

        private final String text;
        private final String kind;
        private final String name;
        private final Map<String, String> values = new LinkedHashMap<>();

        FleetLine(String text) {
            this.text = text;
            String[] words = text.split("\\s+");
            this.kind = words[0];
            this.name = words[1];
            for (int i = 2; i < words.length; i++) {
                boolean flag = FLAGS.contains(words[i]);
                if (!WORDS.getOrDefault(kind, Set.of()).contains(words[i])) {
                    throw new IllegalArgumentException(
                            "\"" + words[i] + "\" is none of " + WORDS.get(kind) + " in: " + text);
                }
                values.put(words[i], flag ? "" : words[i + 1]);
                i += flag ? 0 : 1;
            }
        }

        private String get(String key) {
            String value = values.get(key);
            if (value == null) {
                throw new IllegalArgumentException("say \"" + key + "\" in: " + text);
            }
            return value;
        }

        private int number(String key, int otherwise) {
            return values.containsKey(key) ? Integer.parseInt(get(key)) : otherwise;
        }

        private OptionalInt limit(String key) {
            return values.containsKey(key) ? OptionalInt.of(Integer.parseInt(get(key))) : OptionalInt.empty();
        }

        private @Nullable Double amount(String key) {
            return values.containsKey(key) ? Double.valueOf(get(key)) : null;
        }

        void addTo(ScenarioWorld world) {
            switch (kind) {
                case "source" -> world.addSource(name);
                case "account" ->
                    world.addAccount(
                            new AccountView(name, limit("workers"), limit("vcpus"), values.getOrDefault("in", "EUR")));
                case "pool" -> world.addPool(pool());
                case "offering" -> world.change(get("of"), pool -> ScenarioPools.withOffering(pool, offering()));
                case "worker" -> worker(world);
                case "agent" ->
                    world.addAgent(
                            get("of"), name, Set.of(get("labels").split(",")), OutsideAgents.State.valueOf(get("is")));
                default -> throw new IllegalArgumentException("no such part of a fleet: " + text);
            }
        }

        private PoolView pool() {
            PoolView plain = ScenarioPools.plain(
                    name, get("for"), Set.of(get("labels").split(",")), number("min", 0), number("max", 10));
            PoolView shaped = ScenarioPools.withShape(
                    plain,
                    values.containsKey("exclusive"),
                    number("slots", 1),
                    Duration.parse("PT" + values.getOrDefault("idle", "5m")),
                    number("priority", 100),
                    number("weight", 1));
            return values.containsKey("soft") || values.containsKey("hard")
                    ? ScenarioPools.withBudget(shaped, ScenarioPools.budget("EUR", amount("soft"), amount("hard")))
                    : shaped;
        }

        private Offering offering() {
            return new Offering(
                    name,
                    get("from"),
                    get("size"),
                    "family",
                    null,
                    values.containsKey("spot") ? CapacityType.SPOT : CapacityType.ON_DEMAND,
                    number("vcpus", 8),
                    values.containsKey("price") ? Double.parseDouble(get("price")) : 0,
                    values.get("network"));
        }

        private void worker(ScenarioWorld world) {
            PoolView pool = world.pool(get("of"));
            Stage stage = Stage.valueOf(get("is"));
            Instant since = time(get("since"));
            Offering offering = values.containsKey("offering")
                    ? world.offering(pool.name(), get("offering"))
                    : pool.making().ladder().getFirst();
            world.addWorker(new WorkerView(
                    name,
                    pool.name(),
                    stage,
                    offering,
                    pool.service().slotsPerWorker(),
                    values.containsKey("closed")
                            ? pool.service().slotsPerWorker()
                            : stage == Stage.BUSY ? number("jobs", 1) : 0,
                    since.minusSeconds(300),
                    since,
                    0,
                    values.getOrDefault("template", pool.making().templateHash()),
                    pool.service().labels()));
        }
    }
}
