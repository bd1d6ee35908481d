package dev.shedmaster.suite.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.api.v1alpha1.HostPhase;
import dev.shedmaster.lab.demand.DemandDriver;
import dev.shedmaster.suite.run.Hosts.HostRow;
import dev.shedmaster.suite.run.NightState.DecisionRow;
import dev.shedmaster.suite.run.NightState.PoolRow;
import dev.shedmaster.suite.run.NightState.QueuedLabel;
import dev.shedmaster.suite.run.NightState.WaitingRow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NightPageTest {
    private static final Instant NOW = Instant.parse("2026-03-10T21:42:10Z");
    private final NightPage page = new NightPage(List.of("LOOK AT   http://127.0.0.1:18080/"));

    private static NightState busy() {
        Map<String, Integer> workers = new LinkedHashMap<>();
        workers.put("Booting", 2);
        workers.put("Busy", 11);
        return new NightState(
                NOW,
                120,
                6,
                new DemandDriver.Progress(174, 9, 14, 0),
                List.of(
                        new QueuedLabel("amd64&&docker", 2, Duration.ofMinutes(4)),
                        new QueuedLabel("amd64&&hsm", 1, Duration.ofMinutes(95))),
                List.of(new PoolRow("builder", "True", 2, 0, 11, 2, 13, 16, "2 queued jobs get 2 new workers")),
                workers,
                hosts(HostPhase.PROVISIONING, "writes the image"),
                new Spent(20, 13, 7.45, 9.876),
                new Leftovers(13, 13, 0, 0, 2, 15, 15),
                List.of(
                        new WaitingRow(
                                "1 × amd64&&hsm", 1, Duration.ofMinutes(95), "the nearest pool, ci/kvm, lacks hsm"),
                        new WaitingRow("nightly-main-1-image", 1, Duration.ofMinutes(4), "a worker is starting")),
                3,
                List.of(new DecisionRow(NOW, "builder", "+2: for 2 queued jobs (amd64&&docker)")),
                true,
                Optional.of("Ctrl-C ends it all."));
    }

    /** One that serves, and another. */
    private static Hosts hosts(HostPhase phase, String message) {
        return new Hosts(
                List.of(
                        new HostRow("rx220-1", HostPhase.READY, 2, "40/76", "128Gi/240Gi", "2", "serves"),
                        new HostRow("rx220-2", phase, 0, "", "", "", message)),
                5,
                Map.of());
    }

    private static NightState quiet() {
        return new NightState(
                NOW,
                120,
                1,
                new DemandDriver.Progress(29, 0, 0, 1),
                List.of(),
                List.of(),
                Map.of(),
                Hosts.NONE,
                new Spent(0, 0, 0, 0),
                new Leftovers(0, 0, 0, 0, 0, 0, 0),
                List.of(),
                0,
                List.of(),
                false,
                Optional.empty());
    }

    @Test
    void theWholePage() {
        assertThat(String.join("\n", page.whole(busy()))).isEqualTo("""
                        Tue 2026-03-10 21:42 UTC · 120 times real speed · 6 builds · 174 jobs: 9 done, 14 under way, 151 to come
                        Clock, waits and machine hours are the night's; times in the operator's own sentences are real.

                        QUEUE
                          amd64&&docker                   2  longest 4 min
                          amd64&&hsm                      1  longest 1:35 h

                        POOL       READY  QUEUED  IDLE  BUSY  BOOTING  DESIRED  MAX  REASON
                        builder    True        2     0    11        2       13   16  2 queued jobs get 2 new workers

                        WORKERS   Booting 2 · Busy 11
                        MACHINES  13 now, 20 in all, 7.5 machine hours, $9.88

                        HOST       PHASE        WORKERS    CPUS        MEMORY  KVM  MESSAGE
                        rx220-1    Ready              2   40/76   128Gi/240Gi    2  serves
                        rx220-2    Provisioning       0                             writes the image
                        1 ready, 1 installing; 2 workers have slots; 5 jobs ran on them

                        WAITS
                          1:35 h   1 × amd64&&hsm                           the nearest pool, ci/kvm, lacks hsm
                          4 min    nightly-main-1-image                     a worker is starting
                          (and 1 more)

                        DECISIONS
                          21:42  builder    +2: for 2 queued jobs (amd64&&docker)

                        LOOK AT   http://127.0.0.1:18080/

                        Ctrl-C ends it all.""");
    }

    @Test
    void aQuietPageSaysSo() {
        assertThat(page.whole(quiet()))
                .contains(
                        "QUEUE     empty",
                        "WORKERS   none",
                        "MACHINES  0 now, 0 in all, 0.0 machine hours, $0.00",
                        "HOSTS     none",
                        "WAITS     nothing",
                        "DECISIONS none yet")
                .first()
                .asString()
                .endsWith("1 build · 29 jobs: 0 done, 0 under way, 28 to come, 1 LOST");
    }

    @Test
    void howManyJobsWaitBeyondThoseThatAreShown() {
        assertThat(NightPage.waiting(busy(), 1)).last().isEqualTo("(and 2 more)");
        assertThat(NightPage.waiting(manyWait(30), 6)).hasSize(3).last().isEqualTo("(and 25 more)");
        assertThat(NightPage.waiting(manyWait(5), 6)).as("each is shown").hasSize(2);
        assertThat(NightPage.waiting(manyWait(4), 6))
                .as("looked at a moment apart, they may be more than there are")
                .hasSize(2);
        assertThat(NightPage.waiting(quiet(), 6)).isEmpty();
    }

    /** Four of one label and one other are in the rows. */
    private static NightState manyWait(int jobs) {
        NightState busy = busy();
        return new NightState(
                busy.now(),
                busy.speed(),
                busy.builds(),
                busy.jobs(),
                busy.queue(),
                busy.pools(),
                busy.workers(),
                busy.hosts(),
                busy.spent(),
                busy.there(),
                List.of(
                        new WaitingRow("4 × amd64&&hsm", 4, Duration.ofMinutes(95), "no pool"),
                        new WaitingRow("nightly-main-1-image", 1, Duration.ofMinutes(4), "a worker is starting")),
                jobs,
                busy.decisions(),
                true,
                Optional.empty());
    }

    @Test
    void aLogTellsEachDecisionOnceAndHowThingsStandEveryFewSeconds() {
        Instant[] now = {NOW};
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LoggedScreen screen =
                new LoggedScreen(page, new PrintStream(bytes, true, StandardCharsets.UTF_8), () -> now[0]);

        screen.show(busy());
        screen.show(busy());
        now[0] = NOW.plusSeconds(5);
        screen.show(busy());

        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .filteredOn(line -> line.contains("+2: for 2 queued jobs"))
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.equals(NightPage.TIMES))
                .as("which time is meant is said once")
                .hasSize(1);
        assertThat(lines)
                .filteredOn(line -> line.equals("    waits (and 1 more)"))
                .hasSize(2);
        assertThat(lines)
                .filteredOn(line -> line.startsWith("21:42 174 jobs"))
                .hasSize(2)
                .first()
                .asString()
                .isEqualTo("21:42 174 jobs: 9 done, 14 under way, 151 to come"
                        + " | builder 2 queued 0 idle 11 busy 2 booting"
                        + " | machines 13 now, 20 in all, 7.5 machine hours, $9.88"
                        + " | hosts 1 ready, 1 installing, 2 workers have slots | Ctrl-C ends it all.");
    }
}
