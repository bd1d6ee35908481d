package dev.shedmaster.suite.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Build;
import dev.shedmaster.suite.trial.Builds;
import dev.shedmaster.suite.trial.Fleet;
import dev.shedmaster.suite.trial.Hosts;
import dev.shedmaster.suite.trial.PoolText;
import dev.shedmaster.suite.trial.Trial;
import dev.shedmaster.suite.trial.Trials;
import dev.shedmaster.suite.world.ImageShop;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Two pools share one host, which has room for four of their workers. */
@ExtendWith(Trials.class)
@Execution(ExecutionMode.CONCURRENT)
class SharedHostStoryTest {
    private static final int ROOM = 4;
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofSeconds(5);

    private final ImageShop images = new ImageShop();

    @AfterEach
    void close() {
        images.close();
    }

    @Test
    void theJobsOfTheMoreUrgentPoolComeFirstAndThoseOfTheOtherAllTheSame(Trial trial) {
        World world = trial.served();
        full(world, pool("pulls", "priority: 50"), pool("release", "priority: 200"));
        enqueue(world, "waits-longer", 3, "pulls", SHORT);
        enqueue(world, "urgent", ROOM + 1, "release", SHORT);
        awaitQueued(world, "pulls", 3);
        awaitQueued(world, "release", ROOM + 1);

        Builds.of(world, "early").abort();
        Builds.of(world, "urgent").awaitSuccess(ROOM + 1);
        Builds.of(world, "waits-longer").awaitSuccess(3);
        assertThat(Stream.of("urgent", "waits-longer")
                        .flatMap(job -> Builds.of(world, job).all().stream())
                        .sorted(Comparator.comparingLong(Build::startedAt))
                        .map(build -> build.job().name())
                        .limit(ROOM))
                .as("who got the slots that became free")
                .containsOnly("urgent");
    }

    @Test
    void poolsOfOnePriorityShareItByTheirWeights(Trial trial) {
        World world = trial.served();
        full(world, pool("pulls", "weight: 1"), pool("release", "weight: 3"));
        List<Long> items = new ArrayList<>(enqueue(world, "small", ROOM, "pulls", LONG));
        items.addAll(enqueue(world, "large", ROOM, "release", LONG));
        awaitQueued(world, "pulls", ROOM);
        awaitQueued(world, "release", ROOM);

        Builds.of(world, "early").abort();
        Builds large = Builds.of(world, "large");
        Builds small = Builds.of(world, "small");
        await("three slots for the pool of the larger weight, and one for the other")
                .atMost(Trial.PATIENCE)
                .untilAsserted(() -> {
                    assertThat(large.running()).isEqualTo(3);
                    assertThat(small.running()).isEqualTo(1);
                });
        assertThat(world.workers()).as("nobody waits for a slot as a worker").hasSize(ROOM);

        items.forEach(world.lab().jenkins().controller()::cancel);
        large.abort();
        small.abort();
    }

    /** A host whose slots the first pool has, until the builds of its job "early" are aborted. */
    private void full(World world, PoolText first, PoolText second) {
        Hosts hosts = Hosts.rented(world, images, 321).with(321, "one");
        Fleet.of(world).with(first, second);
        hosts.awaitReady(321);
        enqueue(world, "early", ROOM, first.name(), LONG);
        Builds.of(world, "early").awaitRunning(ROOM);
    }

    /** A pool for the label that it is called by. */
    private static PoolText pool(String name, String share) {
        return PoolText.onHosts(name).labels(name).scaling("max: 20, idleTimeout: 5s, " + share);
    }

    private static List<Long> enqueue(World world, String job, int count, String label, Duration duration) {
        return world.lab().jenkins().enqueue(Batch.freestyle(job, count, label, duration));
    }

    private static void awaitQueued(World world, String pool, int count) {
        Fleet.of(world).awaitPool(pool, status -> assertThat(status.queued()).isEqualTo(count));
    }
}
