package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.core.placement.HostSlot;
import dev.shedmaster.core.slot.HostView;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        say(
                all,
                "workers of (\\S+) are not registered in time: (.+)",
                (m, at) -> world.turnAway(m.group(1), "waits to be registered; last answer: " + m.group(2)));
        say(
                all,
                "host (\\S+) is (OPEN|DRAINING|NOT_READY|UNSCHEDULABLE)",
                (m, at) -> world.addHost(
                        ScenarioHosts.standing(world.host(m.group(1)), HostView.Standing.valueOf(m.group(2)))));
        say(
                all,
                "host (\\S+) refuses workers until (\\S+): (.+)",
                (m, at) -> world.close(
                        HostSlot.account(m.group(1)),
                        Blockage.Closure.REFUSES_ORDERS,
                        time(m.group(2)),
                        m.group(3),
                        at));
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
}
