package dev.shedmaster.bench.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.shedmaster.bench.simulation.Pool;
import dev.shedmaster.bench.simulation.Task;
import dev.shedmaster.bench.simulation.Trial;
import dev.shedmaster.bench.simulation.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JenkinsNoDelayTest {
    private static final JenkinsNoDelay RULE = new JenkinsNoDelay("no delay", Duration.ofMinutes(3));
    private static final Duration BOOT = Duration.ofSeconds(60);

    @Test
    void whatComesTogetherIsAskedForTogether() {
        Watched burst = Watched.run(Trial.burst(100, 600, 0), RULE, Trial.boot(BOOT));
        assertThat(burst.launches()).hasSize(100).containsOnly(0.0);
    }

    @Test
    void whatComesSoonAfterWaitsForTheSecondToPass() {
        Workload workload = new Workload(
                List.of(Trial.LINUX),
                List.of(
                        Trial.task(600, 0),
                        new Task(Set.of("linux"), Duration.ofMinutes(10), Duration.ofMillis(300), List.of()),
                        Trial.task(600, 30)),
                Duration.ofHours(1));
        assertThat(Watched.run(workload, RULE, Trial.boot(BOOT)).launches()).containsExactly(0.0, 1.0, 30.0);
    }

    @Test
    void anIdleMachineIsUsedAgain() {
        Watched twice = Watched.run(Trial.of(Trial.task(60, 0), Trial.task(60, 200)), RULE, Trial.boot(BOOT));
        assertThat(twice.outcome().machines()).isOne();
        assertThat(twice.outcome().waits()).containsExactly(Duration.ZERO, BOOT);
    }

    /** What is planned for one label is not counted for another, even if its machine will serve both. */
    @Test
    void eachLabelPlansForItself() {
        Pool docker = new Pool("docker", Set.of("amd64", "docker"), 1);
        Workload workload = new Workload(
                List.of(docker),
                List.of(Trial.task(Set.of("amd64", "docker"), 5, 0), Trial.task(Set.of("amd64"), 5, 50)),
                Duration.ofHours(1));
        Watched run = Watched.run(workload, RULE, Trial.boot(BOOT));
        assertThat(run.launches()).containsExactly(0.0, 50.0);
        assertThat(run.outcome().unused()).isOne();
    }

    @Test
    void theFirstTemplateThatMatchesIsTaken() {
        Pool plain = new Pool("plain", Set.of("amd64"), 1);
        Pool kvm = new Pool("kvm", Set.of("amd64", "kvm"), 2);
        Workload workload = new Workload(
                List.of(plain, kvm),
                List.of(Trial.task(Set.of("amd64"), 5, 0), Trial.task(Set.of("amd64", "kvm"), 5, 0)),
                Duration.ofHours(1));
        assertThat(Watched.run(workload, RULE, Trial.boot(BOOT)).pools()).containsExactly("plain", "kvm");
    }
}
