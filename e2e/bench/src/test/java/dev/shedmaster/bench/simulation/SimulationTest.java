package dev.shedmaster.bench.simulation;

import static dev.shedmaster.bench.simulation.Trial.LINUX;
import static dev.shedmaster.bench.simulation.Trial.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.shedmaster.lab.time.Latency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every figure here is reckoned by hand. */
class SimulationTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * Makes a machine of the first pool that serves, for each of the first so many jobs; retires each machine a pause after a
     * job.
     */
    private record Simple(int machines, boolean singleUse, Duration pause) implements ScalingRule {
        @Override
        public String name() {
            return "simple";
        }

        @Override
        public Scaler start(Site site) {
            return new Scaler() {
                private int made;

                @Override
                public void queued(Job job) {
                    if (made < machines) {
                        made++;
                        site.launch(site.pools().stream()
                                .filter(pool -> pool.serves(job.needs()))
                                .findFirst()
                                .orElseThrow());
                    }
                }

                @Override
                public void finished(Job job, Machine machine) {
                    site.after(pause, () -> site.retire(machine));
                }
            };
        }
    }

    private static List<Duration> seconds(long... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    private static Outcome run(Workload workload, ScalingRule rule) {
        return Simulation.run(workload, rule, Trial.boot(MINUTE));
    }

    @Test
    void aJobWaitsForItsMachineToBoot() {
        Outcome outcome = run(Trial.of(task(100, 5)), new Simple(1, false, Duration.ofSeconds(40)));
        assertThat(outcome.waits()).isEqualTo(seconds(60));
        assertThat(outcome.waitsBeyondBoot()).isEqualTo(seconds(0));
        assertThat(outcome.lastStart()).hasSeconds(60);
        assertThat(outcome.paid()).hasSeconds(200);
        assertThat(outcome.idle()).hasSeconds(40);
        assertThat(outcome.busy()).hasSeconds(100);
        assertThat(outcome.cost()).isCloseTo(0.2, within(1e-9));
        assertThat(outcome.machines()).isOne();
        assertThat(outcome.unused()).isZero();
        assertThat(outcome.stuck()).isZero();
    }

    @Test
    void aMachineTakesTheNextJobThatWaits() {
        Outcome outcome = run(Trial.of(task(100, 0), task(50, 10)), new Simple(1, false, Duration.ofSeconds(1)));
        assertThat(outcome.waits()).isEqualTo(seconds(60, 150));
        assertThat(outcome.waitsBeyondBoot())
                .as("the one machine is on its way for the first job only")
                .isEqualTo(seconds(0, 150));
        // Retired while it runs its second job, it goes when that has ended.
        assertThat(outcome.paid()).hasSeconds(60 + 100 + 50);
        assertThat(outcome.idle()).isZero();
    }

    @Test
    void aMachineForOneJobTakesNoSecond() {
        Outcome outcome = run(Trial.of(task(100, 0), task(50, 10)), new Simple(1, true, Duration.ofSeconds(1)));
        assertThat(outcome.waits()).isEqualTo(seconds(60));
        assertThat(outcome.stuck()).isOne();
        assertThat(outcome.paid()).hasSeconds(60 + 100 + 1);
    }

    @Test
    void aTaskWaitsForThoseBeforeItAndFindsTheirMachine() {
        Outcome outcome =
                run(Trial.of(task(100, 0), task(10, 0), task(50, 0, 0, 1)), new Simple(2, false, Duration.ofHours(1)));
        assertThat(outcome.waits()).isEqualTo(seconds(0, 60, 60));
        assertThat(outcome.lastStart()).hasSeconds(160);
        // They go an hour after their first job, whichever of them took the second.
        assertThat(outcome.paid()).hasSeconds(70 + 3600 + 160 + 3600);
        assertThat(outcome.idle()).hasSeconds(70 + 3600 + 160 + 3600 - 2 * 60 - 100 - 10 - 50);
    }

    @Test
    void theProviderTakesItsTime() {
        Conditions slow = new Conditions(1, List.of(Latency.fixed(MINUTE)), 2, 0.5);
        Outcome outcome = Simulation.run(Trial.burst(4, 10, 0), new Simple(4, true, Duration.ZERO), slow);
        assertThat(outcome.waits()).isEqualTo(seconds(60, 60, 62, 64));
        assertThat(outcome.waitsBeyondBoot()).isEqualTo(seconds(0, 0, 2, 4));
        assertThat(outcome.paid()).hasSeconds(4 * 70);
    }

    /** A job may start on a machine that has just become free, while the one that was made for it still boots. */
    @Test
    void aBootingMachineCoversAJobWhoeverTakesItInTheEnd() {
        Outcome outcome = run(Trial.of(task(70, 0), task(10, 100)), new Simple(2, false, Duration.ofHours(1)));
        assertThat(outcome.waits()).isEqualTo(seconds(30, 60));
        assertThat(outcome.waitsBeyondBoot()).isEqualTo(seconds(0, 0));
        assertThat(outcome.unused()).isOne();
    }

    @Test
    void aMachineServesWhoNeedsNoMoreThanItsLabels() {
        Pool plain = new Pool("plain", Set.of("amd64"), 1);
        Pool kvm = new Pool("kvm", Set.of("amd64", "kvm"), 10);
        Workload workload = new Workload(
                List.of(plain, kvm),
                List.of(
                        task(Set.of("amd64", "kvm"), 10, 0),
                        task(Set.of("amd64", "kvm"), 10, 5),
                        task(Set.of("amd64"), 10, 6)),
                Duration.ofHours(1));
        Outcome one = run(workload, new Simple(1, false, MINUTE));
        assertThat(one.waits()).as("all on the one machine, oldest first").isEqualTo(seconds(60, 65, 74));
        Outcome two = run(workload, new Simple(2, false, Duration.ofMinutes(10)));
        assertThat(two.cost())
                .as("the second is of kvm as well")
                .isCloseTo(10 * two.paid().toSeconds() / 3600.0, within(1e-9));
    }

    @Test
    void whatIsRetiredBeforeItIsUpNeverTakesAJob() {
        ScalingRule fickle = new ScalingRule() {
            @Override
            public String name() {
                return "fickle";
            }

            @Override
            public boolean singleUse() {
                return false;
            }

            @Override
            public Scaler start(Site site) {
                return new Scaler() {
                    @Override
                    public void queued(Job job) {
                        Machine machine = site.launch(site.pools().getFirst());
                        site.after(Duration.ofSeconds(20), () -> site.retire(machine));
                    }
                };
            }
        };
        Outcome outcome = run(Trial.of(task(100, 0)), fickle);
        assertThat(outcome.stuck()).isOne();
        assertThat(outcome.unused()).isOne();
        assertThat(outcome.paid()).hasSeconds(20);
        assertThat(outcome.idle()).isZero();
    }

    @Test
    void aRuleHearsOfAllThatHappensAndSeesIt() {
        List<String> heard = new ArrayList<>();
        ScalingRule listening = new ScalingRule() {
            @Override
            public String name() {
                return "listening";
            }

            @Override
            public boolean singleUse() {
                return true;
            }

            @Override
            public Scaler start(Site site) {
                return new Scaler() {
                    private void tell(String what) {
                        heard.add((site.now().getEpochSecond() - Simulation.LEAD.toSeconds()) + " " + what + " "
                                + site.waiting().size() + "/" + site.machines().size());
                    }

                    @Override
                    public void queued(Job job) {
                        assertThat(job.isWaiting()).isTrue();
                        assertThat(site.launch(LINUX).isComing()).isTrue();
                        tell("queued");
                    }

                    @Override
                    public void started(Job job, Machine machine) {
                        assertThat(machine.isBusy()).isTrue();
                        tell("started");
                    }

                    @Override
                    public void finished(Job job, Machine machine) {
                        assertThat(machine.isSpent()).isTrue();
                        assertThat(machine.idleSince()).isNull();
                        site.retire(machine);
                        tell("finished");
                    }

                    @Override
                    public void connected(Machine machine) {
                        assertThat(machine.idleSince()).isEqualTo(site.now());
                        tell("connected");
                    }
                };
            }
        };
        run(Trial.of(task(100, 0)), listening);
        assertThat(heard).containsExactly("0 queued 1/1", "60 connected 1/1", "60 started 0/1", "160 finished 0/0");
    }

    @Test
    void aMachineIsTheSameWhoeverAsksForIt() {
        Conditions azure = Conditions.azure(3);
        List<Duration> boots =
                IntStream.range(0, 1001).mapToObj(azure::bootOf).sorted().toList();
        assertThat(Conditions.azure(3).bootOf(7)).isEqualTo(azure.bootOf(7));
        assertThat(Conditions.azure(4).bootOf(7)).isNotEqualTo(azure.bootOf(7));
        assertThat(boots.get(500)).as("20 s, 22 s and 5 s").isBetween(Duration.ofSeconds(46), Duration.ofSeconds(52));
    }

    @Test
    void aWorkloadThatCannotBeServedIsRefused() {
        assertThatThrownBy(() -> Trial.of(task(Set.of("arm64"), 1, 0))).hasMessageContaining("no pool serves task 0");
        assertThatThrownBy(() -> Trial.of(task(1, 0, 0))).hasMessageContaining("must be one before it");
        assertThatThrownBy(() -> Trial.of(task(1, 3601))).hasMessageContaining("length");
    }
}
