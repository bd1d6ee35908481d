package dev.shedmaster.suite.run;

import dev.shedmaster.suite.run.Hosts.HostRow;
import dev.shedmaster.suite.run.NightState.DecisionRow;
import dev.shedmaster.suite.run.NightState.PoolRow;
import dev.shedmaster.suite.run.NightState.QueuedLabel;
import dev.shedmaster.suite.run.NightState.WaitingRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes a moment of the night as lines of text: all of it for a terminal, or the heart of it for a log. */
final class NightPage {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** Which time is meant where: the operator knows nothing of the night that is replayed. */
    static final String TIMES =
            "Clock, waits and machine hours are the night's; times in the operator's own sentences are real.";

    private static final int WAITING_SHOWN = 6;
    private static final int DECISIONS_SHOWN = 8;

    private final List<String> addresses;

    /** @param addresses what there is to look at, a line each */
    NightPage(List<String> addresses) {
        this.addresses = List.copyOf(addresses);
    }

    List<String> addresses() {
        return addresses;
    }

    /** Everything. */
    List<String> whole(NightState state) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(state));
        lines.add(TIMES);
        lines.add("");
        lines.add("QUEUE" + (state.queue().isEmpty() ? "     empty" : ""));
        state.queue().forEach(label -> lines.add("  " + queued(label)));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%-10s %-6s %6s %5s %5s %8s %8s %4s  %s",
                "POOL",
                "READY",
                "QUEUED",
                "IDLE",
                "BUSY",
                "BOOTING",
                "DESIRED",
                "MAX",
                "REASON"));
        state.pools().forEach(pool -> lines.add(row(pool)));
        lines.add("");
        lines.add("WORKERS   " + (state.workers().isEmpty() ? "none" : phases(state.workers())));
        lines.add("MACHINES  " + machines(state));
        lines.add("");
        hosts(state.hosts()).forEach(lines::add);
        lines.add("");
        lines.add("WAITS" + (state.waiting().isEmpty() ? "     nothing" : ""));
        waiting(state, WAITING_SHOWN).forEach(line -> lines.add("  " + line));
        lines.add("");
        lines.add("DECISIONS" + (state.decisions().isEmpty() ? " none yet" : ""));
        state.decisions().stream().limit(DECISIONS_SHOWN).forEach(decision -> lines.add("  " + decided(decision)));
        lines.add("");
        lines.addAll(addresses);
        state.remark().ifPresent(remark -> {
            lines.add("");
            lines.add(remark);
        });
        return lines;
    }

    /** One line on how things stand. */
    String brief(NightState state) {
        String pools = state.pools().stream()
                .map(pool -> String.format(
                        Locale.ROOT,
                        "%s %d queued %d idle %d busy %d booting",
                        pool.name(),
                        pool.queued(),
                        pool.idle(),
                        pool.busy(),
                        pool.booting()))
                .collect(Collectors.joining(" · "));
        return String.join(
                " | ",
                TIME.format(state.now()) + " " + jobs(state),
                pools,
                "machines " + machines(state),
                "hosts " + state.hosts().inWords() + ", " + slots(state.hosts())
                        + state.remark().map(remark -> " | " + remark).orElse(""));
    }

    /** What a host is at, for a log. */
    static String told(Instant at, HostRow host) {
        return String.format(
                Locale.ROOT,
                "%s  %-10s %s: %s",
                TIME.format(at),
                host.name(),
                Words.capitalised(host.phase().name()),
                host.message());
    }

    /** A decision for a log. */
    static String decided(DecisionRow decision) {
        return String.format(Locale.ROOT, "%s  %-10s %s", TIME.format(decision.at()), decision.pool(), decision.text());
    }

    /** What has waited longest, a line each, and how much more there is. */
    static List<String> waiting(NightState state, int shown) {
        List<String> lines = new ArrayList<>();
        state.waiting().stream().limit(shown).map(NightPage::waiting).forEach(lines::add);
        int more = state.waitingBeyond(shown);
        if (more > 0) {
            lines.add("(and " + more + " more)");
        }
        return lines;
    }

    private static String waiting(WaitingRow job) {
        return String.format(Locale.ROOT, "%-8s %-40s %s", Words.span(job.waits()), job.job(), job.why());
    }

    private static String headline(NightState state) {
        return DAY.format(state.now()) + " UTC · " + Words.number(state.speed()) + " times real speed · "
                + state.builds() + (state.builds() == 1 ? " build" : " builds") + " · " + jobs(state);
    }

    private static String jobs(NightState state) {
        int toCome = state.jobs().asked()
                - state.jobs().finished()
                - state.jobs().underWay()
                - state.jobs().lost();
        String lost = Optional.of(state.jobs().lost())
                .filter(count -> count > 0)
                .map(count -> ", " + count + " LOST")
                .orElse("");
        return String.format(
                Locale.ROOT,
                "%d jobs: %d done, %d under way, %d to come%s",
                state.jobs().asked(),
                state.jobs().finished(),
                state.jobs().underWay(),
                toCome,
                lost);
    }

    private static String queued(QueuedLabel label) {
        return String.format(
                Locale.ROOT, "%-28s %4d  longest %s", label.label(), label.jobs(), Words.span(label.longest()));
    }

    private static String row(PoolRow pool) {
        return String.format(
                Locale.ROOT,
                "%-10s %-6s %6d %5d %5d %8d %8d %4d  %s",
                pool.name(),
                pool.ready(),
                pool.queued(),
                pool.idle(),
                pool.busy(),
                pool.booting(),
                pool.desired(),
                pool.max(),
                pool.reason() == null ? "" : pool.reason());
    }

    private static List<String> hosts(Hosts hosts) {
        if (hosts.isEmpty()) {
            return List.of("HOSTS     none");
        }
        List<String> lines = new ArrayList<>();
        lines.add(host("HOST", "PHASE", "WORKERS", "CPUS", "MEMORY", "KVM", "MESSAGE"));
        hosts.rows().stream()
                .map(row -> host(
                        row.name(),
                        Words.capitalised(row.phase().name()),
                        String.valueOf(row.workers()),
                        row.cpus(),
                        row.memory(),
                        row.kvm(),
                        row.message()))
                .forEach(lines::add);
        lines.add(hosts.inWords() + "; " + slots(hosts) + "; " + hosts.jobs() + " jobs ran on them");
        return lines;
    }

    private static String host(
            String name, String phase, String workers, String cpus, String memory, String kvm, String message) {
        return String.format(
                Locale.ROOT, "%-10s %-12s %7s %7s %13s %4s  %s", name, phase, workers, cpus, memory, kvm, message);
    }

    private static String slots(Hosts hosts) {
        return hosts.workers() + (hosts.workers() == 1 ? " worker has a slot" : " workers have slots");
    }

    private static String phases(Map<String, Integer> workers) {
        return workers.entrySet().stream()
                .map(phase -> phase.getKey() + " " + phase.getValue())
                .collect(Collectors.joining(" · "));
    }

    private static String machines(NightState state) {
        Spent spent = state.spent();
        return String.format(
                Locale.ROOT,
                "%d now, %d in all, %.1f machine hours, $%.2f",
                spent.now(),
                spent.machines(),
                spent.hours(),
                spent.dollars());
    }
}
