package dev.shedmaster.suite.run;

import dev.shedmaster.suite.run.NightState.DecisionRow;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Where there is no terminal: a line every few seconds, each decision once, and whatever is remarked. */
final class LoggedScreen implements Screen {
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final int WAITING_SHOWN = 2;

    private final NightPage page;
    private final PrintStream out;
    private final InstantSource clock;
    private final Set<DecisionRow> told = new HashSet<>();
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
        if (!clock.instant().isBefore(next)) {
            next = clock.instant().plus(BETWEEN_LINES);
            out.println(page.brief(state));
            NightPage.waiting(state, WAITING_SHOWN).forEach(line -> out.println("    waits " + line));
        }
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
