package dev.shedmaster.suite.run;

import dev.shedmaster.suite.run.Hosts.HostRow;
import dev.shedmaster.suite.run.NightState.DecisionRow;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where there is no terminal: a line every few seconds, each decision and each step of a host once, and whatever is
 * remarked.
 */
final class LoggedScreen implements Screen {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final int WAITING_SHOWN = 2;

    private final NightPage page;
    private final PrintStream out;
    private final InstantSource clock;
    private final Set<DecisionRow> told = new HashSet<>();
    private final Map<String, String> stepsTold = new HashMap<>();
    private Instant next = Instant.MIN;

    LoggedScreen(NightPage page, PrintStream out, InstantSource clock) {
        this.page = page;
        this.out = out;
        this.clock = clock;
    }

    @Override
    public void show(NightState state) {
        if (next.equals(Instant.MIN)) {
            out.println(NightPage.TIMES);
        }
        List<DecisionRow> news =
                state.decisions().reversed().stream().filter(told::add).toList();
        news.forEach(decision -> out.println("  " + NightPage.decided(decision)));
        state.hosts().rows().stream()
                .filter(this::hasGoneOn)
                .forEach(host -> out.println("  " + NightPage.told(state.now(), host)));
        if (!clock.instant().isBefore(next)) {
            next = clock.instant().plus(BETWEEN_LINES);
            out.println(page.brief(state));
            NightPage.waiting(state, WAITING_SHOWN).forEach(line -> out.println("    waits " + line));
        }
        out.flush();
    }

    private boolean hasGoneOn(HostRow host) {
        String step = host.phase() + host.message();
        return !step.equals(stepsTold.put(host.name(), step));
    }

    @Override
    public void close() {
        out.flush();
    }
}
