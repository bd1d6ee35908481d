package dev.shedmaster.suite.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.shedmaster.lab.jenkins.controller.Batch;
import dev.shedmaster.lab.jenkins.controller.Build;
import dev.shedmaster.lab.jenkins.controller.Job;
import dev.shedmaster.lab.jenkins.controller.Result;
import dev.shedmaster.suite.world.World;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** The builds of a job in the lab's Jenkins. */
public record Builds(World world, String job) {

    public static Builds of(World world, String job) {
        return new Builds(world, job);
    }

    /** All so far, newest first. */
    public Collection<Build> all() {
        return world.lab()
                .jenkins()
                .controller()
                .jobs()
                .find(job)
                .map(Job::builds)
                .orElse(List.of());
    }

    /** How many run now. */
    public long running() {
        return all().stream().filter(Build::building).count();
    }

    /** Enqueues a build that runs until it is aborted, and waits until it does. */
    public static Builds runningUntilAborted(World world, String job) {
        return runningUntilAborted(world, job, 1);
    }

    public static Builds runningUntilAborted(World world, String job, int count) {
        Builds builds = enqueuedUntilAborted(world, job, count);
        builds.awaitRunning(count);
        return builds;
    }

    /** Enqueues builds that run, once they do, until they are aborted: none ends on its machine while another still waits for one. */
    public static Builds enqueuedUntilAborted(World world, String job, int count) {
        world.lab().jenkins().enqueue(Batch.freestyle(job, count, "amd64", Duration.ofHours(1)));
        return of(world, job);
    }

    /** Ends those that run, as a person does who aborts them. */
    public void abort() {
        all().stream()
                .filter(Build::building)
                .forEach(world.lab().jenkins().controller().jobs()::stop);
    }

    /** On which nodes they ran or run. */
    public List<String> nodes() {
        return all().stream()
                .map(Build::builtOn)
                .filter(node -> !node.isEmpty())
                .toList();
    }

    public void awaitRunning(int count) {
        await(count + " builds of " + job + " run").atMost(Trial.PATIENCE).until(() -> running() == count);
    }

    /** Waits until so many builds have ended, all of them well. */
    public void awaitSuccess(int count) {
        awaitSuccess(count, Trial.PATIENCE);
    }

    public void awaitSuccess(int count, Duration patience) {
        await(count + " builds of " + job + " end")
                .atMost(patience)
                .untilAsserted(() -> assertThat(all())
                        .hasSize(count)
                        .allSatisfy(build -> assertThat(build.building())
                                .as("%s runs", build.displayName())
                                .isFalse()));
        assertThat(all()).extracting(Build::result).containsOnly(Result.SUCCESS);
    }
}
