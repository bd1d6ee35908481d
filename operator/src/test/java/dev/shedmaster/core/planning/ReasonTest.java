package dev.shedmaster.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.core.placement.CapacityType;
import dev.shedmaster.core.placement.Offering;
import dev.shedmaster.core.slot.Architecture;
import dev.shedmaster.core.slot.Isolation;
import dev.shedmaster.core.slot.Need;
import dev.shedmaster.core.slot.NoRoom;
import dev.shedmaster.core.slot.Obstacle;
import dev.shedmaster.core.slot.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReasonTest {
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");
    private static final Instant TIME = Instant.parse("2026-11-24T21:00:00.5Z");

    /** Dashboards and alerts are written against these. */
    @Test
    void codesStayWhatTheyAre() {
        assertThat(Stream.of(Purpose.class, Hold.class, Departure.class, Prospect.class)
                        .flatMap(ReasonTest::records)
                        .map(Class::getSimpleName))
                .containsExactlyInAnyOrder(
                        "ForMinimum",
                        "ForQueuedJobs",
                        "AheadOfDemand",
                        "Trial",
                        "Blocked",
                        "Closing",
                        "AtMaximum",
                        "MachinesBeyondMaximum",
                        "Overdue",
                        "BootFailures",
                        "TrialRuns",
                        "InFlightFull",
                        "NoOfferings",
                        "NothingFits",
                        "Refused",
                        "AccountRefuses",
                        "AccountWorkersFull",
                        "AccountVcpusFull",
                        "HostsFull",
                        "HostsUnfit",
                        "CreationRate",
                        "HardBudget",
                        "SoftBudget",
                        "UnknownPrice",
                        "OtherCurrency",
                        "SourceStale",
                        "JustLeft",
                        "Revalidating",
                        "FewAtATime",
                        "KeptForMinimum",
                        "KeptAhead",
                        "KeptForQueuedJobs",
                        "MayStillGetWork",
                        "IdleTooLong",
                        "AboveMaximum",
                        "Outdated",
                        "HostDrains",
                        "PoolCloses",
                        "GivesWay",
                        "Reclaimed",
                        "SourceSilent",
                        "OneTriesOn",
                        "IdleWorker",
                        "StartingWorker",
                        "NewWorker");
        assertThat(new Hold.NoOfferings("ci/x").code()).isEqualTo("NoOfferings");
        assertThat(new Sizing(0, 0, 0, 0, 0, 0, 0, 0, 0, null).code()).isEqualTo("Sizing");
    }

    @Test
    void eachCodeIsExplainedToUsers() throws IOException {
        Set<String> explained = new TreeSet<>();
        List<String> lines = Files.readAllLines(Path.of("../docs/reasons.md"));
        for (String line : lines.subList(0, lines.indexOf("## What a worker waits for"))) {
            if (line.startsWith("| `")) {
                CODE.matcher(line.substring(0, line.indexOf(" | ")))
                        .results()
                        .forEach(code -> explained.add(code.group(1)));
            }
        }
        assertThat(explained)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Purpose.class, Hold.class, Departure.class, Prospect.class)
                                .flatMap(ReasonTest::records)
                                .map(Class::getSimpleName)
                                .toList());
    }

    private static void reads(Reason reason, String text) {
        assertThat(reason.text()).isEqualTo(text);
    }

    @Test
    void aSizeTellsItsParts() {
        reads(new Sizing(0, 0, 0, 0, 0, 0, 0, 0, 0, null), "want 0");
        reads(
                new Sizing(21, 6, 5, 4, 3, 18, 2, 1, 6, null),
                "want 21 = 6 busy + 5 idle + 4 starting + 3 for the minimum of 18 + 2 for queued jobs + 1 ahead of demand;"
                        + " make 6");
        reads(
                new Sizing(9, 0, 0, 0, 0, 0, 9, 0, 4, new Hold.AccountVcpusFull("ci/azure", 60, 64, 8)),
                "want 9 = 9 for queued jobs; make 4, limited by: account ci/azure has 60 of 64 vCPUs in use, the machine"
                        + " takes 8");
    }

    @Test
    void holdsTellTheirNumbers() {
        reads(new Hold.Blocked("ci/x", "the Secret is empty"), "pool ci/x cannot work: the Secret is empty");
        reads(
                new Hold.AtMaximum("ci/x", 3, null, 1, 1, 1),
                "pool ci/x is at its maximum of 3 workers (1 live, 1 failed, 1 leaving)");
        reads(
                new Hold.Overdue("ci/x", 1, "waits to be registered; last answer: 500"),
                "1 worker of pool ci/x is late (lifecycle.createTimeout): it waits to be registered; last answer: 500");
        reads(
                new Hold.Overdue("ci/x", 2, "waits to be registered"),
                "2 workers of pool ci/x are late (lifecycle.createTimeout): one waits to be registered");
        reads(new Hold.AtMaximum("ci/x", 1, null, 1, 0, 0), "pool ci/x is at its maximum of 1 worker (1 live)");
        reads(
                new Hold.AtMaximum("ci/x", 1, "schedule night until Wed 06:00 UTC", 1, 0, 0),
                "pool ci/x is at its maximum of 1 worker by schedule night until Wed 06:00 UTC (1 live)");
        reads(new Hold.AtMaximum("ci/x", 0, null, 1, 0, 0), "pool ci/x is paused: its maximum is 0");
        reads(
                new Hold.AtMaximum("ci/x", 0, "schedule night until Wed 06:00 UTC", 0, 0, 0),
                "pool ci/x is paused: its maximum is 0 by schedule night until Wed 06:00 UTC");
        reads(
                new Hold.MachinesBeyondMaximum("ci/x", 14, 10),
                "the accounts of pool ci/x show 14 machines of it, its maximum is 10: none is made until those that no"
                        + " worker accounts for are gone");
        reads(
                new Hold.BootFailures("ci/x", 3, TIME, null),
                "3 workers of pool ci/x failed in a row, pausing until 2026-11-24T21:00:00Z");
        reads(
                new Hold.TrialRuns("ci/x", 3, "no boot"),
                "3 workers of pool ci/x failed in a row, one is tried first: no boot");
        reads(new Hold.InFlightFull("ci/x", 7, 7), "7 workers of pool ci/x are starting, no more than 7 may at a time");
        reads(new Hold.InFlightFull("ci/x", 1, 1), "1 worker of pool ci/x is starting, no more than 1 may at a time");
        reads(new Hold.AccountRefuses("ci/azure", TIME, "401"), "account ci/azure takes no orders: 401");
        reads(new Hold.AccountWorkersFull("ci/azure", 1, 1), "account ci/azure has 1 of 1 worker");
        reads(
                new Hold.CreationRate("ci/azure", 1, 1),
                "account ci/azure was asked for 1 worker within a minute, allowed is 1");
        reads(new Hold.NoOfferings("ci/x"), "pool ci/x names no way to get a machine");
        reads(
                new Hold.CreationRate("ci/azure", 9, 9),
                "account ci/azure was asked for 9 workers within a minute, allowed are 9");
        reads(
                new Hold.SoftBudget("ci/x", 1, 0.4, 1.2, "EUR"),
                "pool ci/x costs 1.00 EUR an hour, the machine 0.40 EUR more, and beyond its soft budget of 1.20 EUR it"
                        + " gets only spot machines, for queued jobs");
        reads(
                new Hold.SourceStale("ci/jenkins", null),
                "the queue of ci/jenkins has not been read yet: until it is, no worker is made, and none that has a"
                        + " machine is removed");
        reads(
                new Hold.SourceStale("ci/jenkins", TIME),
                "the queue of ci/jenkins was last read at 2026-11-24T21:00:00Z: until it is again, no worker is made, and none"
                        + " that has a machine is removed");
        reads(new Hold.KeptForMinimum(2, 3, null), "2 idle workers stay for the minimum of 3");
        reads(
                new Hold.KeptForMinimum(1, 3, "schedule nightly until Wed 00:45 UTC"),
                "1 idle worker stays for the minimum of 3 (schedule nightly until Wed 00:45 UTC)");
        reads(new Hold.KeptAhead(1, 2, 0, ""), "1 idle worker stays for 2 announced jobs and a buffer of 0");
        reads(
                new Hold.KeptForQueuedJobs(1, "ci/jenkins", Duration.ofMinutes(5)),
                "1 idle worker stays beyond its idle timeout of 5 min for queued jobs that ci/jenkins has not handed"
                        + " over");
        reads(
                new Hold.KeptForQueuedJobs(2, "ci/jenkins", Duration.ofSeconds(90)),
                "2 idle workers stay beyond their idle timeout of 90 s for queued jobs that ci/jenkins has not handed"
                        + " over");
        reads(
                new Hold.NothingFits(
                        "ci/x",
                        List.of(new Hold.Refused("D8", TIME, "gone"), new Hold.AccountWorkersFull("ci/azure", 2, 2))),
                "none of pool ci/x's offerings can be had: D8 is skipped until 2026-11-24T21:00:00Z: gone; account"
                        + " ci/azure has 2 of 2 workers");
    }

    private static Stream<Class<?>> records(Class<?> kind) {
        return kind.isRecord()
                ? Stream.of(kind)
                : Arrays.stream(kind.getPermittedSubclasses()).flatMap(ReasonTest::records);
    }

    @Test
    void hostsTellWhatTheyLackAndWhatToDo() {
        Need need = new Need(
                "ci/x",
                new Shape(Architecture.ARM64, 16, 49_152, true, Set.of(Isolation.CONTAINER)),
                "release",
                Set.of("ci/h1", "ci/h2"));
        NoRoom full = new NoRoom(need, Map.of(Obstacle.MEMORY, 1, Obstacle.ZONE, 1), 8192, 0, Set.of());
        reads(
                new Hold.HostsFull("own", full, List.of()),
                "placement own: no room: 1 of 2 hosts lacks memory (needs 48Gi, most free is 8Gi), 1 does not list zone"
                        + " release (spec.trustZones)");
        reads(
                new Hold.HostsFull(
                        "own", full, List.of(new Hold.Refused("host ci/h3", TIME, "it has no image worker"))),
                "placement own: no room: 1 of 2 hosts lacks memory (needs 48Gi, most free is 8Gi), 1 does not list zone"
                        + " release (spec.trustZones); host ci/h3 is skipped until 2026-11-24T21:00:00Z: it has no image"
                        + " worker");
        reads(
                new Hold.HostsUnfit("own", new NoRoom(need, Map.of(Obstacle.TOO_SMALL, 2), 0, 0, Set.of())),
                "placement own: no room: 2 of 2 hosts are too small even when empty (needs 16 CPUs and 48Gi): lower the"
                        + " pool's machine.cpus and machine.memory or the hosts' spec.reserved, or select larger hosts in"
                        + " hosts.selector");
    }

    @Test
    void thatIdleWorkersStayHindersNobody() {
        assertThat(new Hold.KeptForMinimum(1, 1, null)).isNotInstanceOf(Hold.Hindrance.class);
        assertThat(new Hold.MayStillGetWork(1, TIME)).isNotInstanceOf(Hold.Hindrance.class);
        assertThat(new Hold.Revalidating(1, TIME)).isNotInstanceOf(Hold.Hindrance.class);
        assertThat(new Hold.Blocked("ci/x", "its template is missing")).isInstanceOf(Hold.Hindrance.class);
        assertThat(new Hold.SourceStale("ci/jenkins", TIME)).isInstanceOf(Hold.Hindrance.class);
    }

    @Test
    void purposesDeparturesAndProspectsRead() {
        Offering offering = new Offering("spot", "ci/azure", "D8", "f", "1", CapacityType.SPOT, 8, 0.1);
        reads(new Purpose.ForMinimum(2, null), "for the minimum of 2");
        reads(new Purpose.AheadOfDemand(1, 2, ""), "for 1 announced job and a buffer of 2");
        reads(
                new Purpose.Trial(new Purpose.ForQueuedJobs(1, "kvm"), new Hold.NoOfferings("ci/x")),
                "for 1 queued job (kvm), as a trial: pool ci/x names no way to get a machine");
        reads(
                new Departure.Reclaimed("ci/b", "in account ci/azure", Duration.ofSeconds(61)),
                "idle for 61 s while a queued job of pool ci/b needs room in account ci/azure");
        reads(new Prospect.NewWorker("ci/x", offering), "a worker of pool ci/x is being made: D8 zone 1 Spot (spot)");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "119, 119 s",
        "120, 2 min",
        "150, 2 min 30 s",
        "7199, 119 min 59 s",
        "7200, 2 h",
        "9000, 2 h 30 min"
    })
    void timesReadAsPeopleSayThem(long seconds, String text) {
        assertThat(Words.time(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
