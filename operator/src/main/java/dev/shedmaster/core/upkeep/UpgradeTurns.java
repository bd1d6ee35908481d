package dev.shedmaster.core.upkeep;

import dev.shedmaster.core.upkeep.HostUpkeep.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which hosts may be taken out of service now, to be worked on.
 *
 * <p>Of each group no more than so many are out at a time, none while another one is not ready, each within a window of
 * its own that stays open for long enough, and those with the fewest jobs first. Work begins when the last job has
 * ended. Whoever is out and has missed its window, or sees another one fail, serves again until its next turn.
 *
 * @param atOnce how many hosts of a group may be out at a time, at least 1
 * @param work how long a host is worked on, at most; its jobs' end not counted
 */
public record UpgradeTurns(int atOnce, Duration work) {
    private static final Comparator<HostUpkeep> FEWEST_JOBS_FIRST =
            Comparator.comparingInt(HostUpkeep::jobs).thenComparing(HostUpkeep::host);

    public UpgradeTurns {
        if (atOnce < 1 || work.isNegative()) {
            throw new IllegalArgumentException(
                    "atOnce must be at least 1 and work not negative, not " + atOnce + " and " + work);
        }
    }

    /**
     * What every host with work ahead may do, by its name. Those that serve as they should, or are at work, are not in
     * it.
     */
    public Map<String, Turn> at(Instant now, Collection<HostUpkeep> hosts) {
        Map<String, Turn> turns = new TreeMap<>();
        hosts.stream()
                .collect(Collectors.groupingBy(HostUpkeep::group))
                .values()
                .forEach(group -> decide(now, group, turns));
        return turns;
    }

    /** When time alone changes what they may do; nothing if it does not. */
    public Optional<Instant> next(Instant now, Collection<HostUpkeep> hosts) {
        return hosts.stream()
                .filter(host -> host.stage() == Stage.OUTDATED || host.stage() == Stage.TAKEN_OUT)
                .flatMap(host -> host.windows().stream())
                .filter(window -> window.hasTimeFor(work, window.begin()))
                .flatMap(window -> Stream.of(window.begin(), window.closingFor(work)))
                .filter(instant -> instant.isAfter(now) && instant.isBefore(Instant.MAX))
                .min(Comparator.naturalOrder());
    }

    private void decide(Instant now, List<HostUpkeep> group, Map<String, Turn> turns) {
        List<String> out = names(group.stream().filter(host -> host.stage().isOut()));
        List<String> failed = names(group.stream().filter(host -> host.stage() == Stage.NOT_READY));
        List<HostUpkeep> ready = failed.isEmpty()
                ? group.stream()
                        .filter(host -> host.stage() == Stage.OUTDATED && hasTime(host, now))
                        .sorted(FEWEST_JOBS_FIRST)
                        .limit(Math.max(0, atOnce - out.size()))
                        .toList()
                : List.of();
        for (HostUpkeep host : group) {
            switch (host.stage()) {
                case Stage.OUTDATED ->
                    turns.put(
                            host.host(),
                            ready.contains(host) ? new Turn.TakeOut() : wait(now, host, failed, out, ready));
                case Stage.TAKEN_OUT -> turns.put(host.host(), onceOut(now, host, failed));
                case Stage.CURRENT, Stage.AT_WORK, Stage.NOT_READY -> {}
            }
        }
    }

    private Turn wait(Instant now, HostUpkeep host, List<String> failed, List<String> out, List<HostUpkeep> ready) {
        if (!hasTime(host, now)) {
            return outsideWindow(now, host);
        }
        if (!failed.isEmpty()) {
            return new Turn.OthersNotReady(failed);
        }
        return ready.isEmpty()
                ? new Turn.OthersOut(out, atOnce)
                : new Turn.OthersFirst(names(ready.stream()), host.jobs());
    }

    private Turn onceOut(Instant now, HostUpkeep host, List<String> failed) {
        if (!failed.isEmpty()) {
            return new Turn.GiveBack(new Turn.OthersNotReady(failed));
        }
        if (!hasTime(host, now)) {
            return new Turn.GiveBack(outsideWindow(now, host));
        }
        return host.jobs() == 0 ? new Turn.Begin() : new Turn.JobsRun(host.jobs());
    }

    private boolean hasTime(HostUpkeep host, Instant now) {
        return host.windows().stream().anyMatch(window -> window.hasTimeFor(work, now));
    }

    private Turn.OutsideWindow outsideWindow(Instant now, HostUpkeep host) {
        return new Turn.OutsideWindow(
                host.windows().stream()
                        .filter(window -> window.begin().isAfter(now) && window.hasTimeFor(work, window.begin()))
                        .map(MaintenanceWindow::begin)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                work);
    }

    private static List<String> names(Stream<HostUpkeep> hosts) {
        return hosts.map(HostUpkeep::host).sorted().toList();
    }
}
