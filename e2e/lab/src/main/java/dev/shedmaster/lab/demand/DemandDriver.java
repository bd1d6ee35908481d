package dev.shedmaster.lab.demand;

import dev.shedmaster.lab.demand.JenkinsUserAgent.JobState;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a replay on a controller: asks for each build in its time and for each stage when those before it have really
 * succeeded, and keeps account of all. Survives a controller that does not answer for a while.
 */
public final class DemandDriver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DemandDriver.class);
    /** How often a job must be seen neither queued nor built before it counts as lost. */
    private static final int LOST_AFTER = 3;

    /** How far a replay has come. */
    public record Progress(int asked, int finished, int underWay, int lost) {}

    private static final class Ask {
        private final String job;
        private final Stage stage;
        private final Set<String> waitsFor;
        private final Instant notBefore;
        private boolean askedFor;
        private int missing;
        private @Nullable String end;

        private Ask(String job, Stage stage, Set<String> waitsFor, Instant notBefore) {
            this.job = job;
            this.stage = stage;
            this.waitsFor = waitsFor;
            this.notBefore = notBefore;
        }
    }

    private final JenkinsUserAgent jenkins;
    private final InstantSource clock;
    private final Duration pause;

    /** Looks at the controller after each pause, with a user's name and API token. */
    public DemandDriver(URI url, String user, String token, InstantSource clock, Duration pause) {
        jenkins = new JenkinsUserAgent(url, user, token);
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Plays a replay to its end.
     *
     * @param patience how long nothing may happen before the rest is given up
     * @param onProgress told after each look at the controller
     */
    public DemandReport play(DemandReplay replay, Duration patience, Consumer<Progress> onProgress)
            throws InterruptedException {
        Map<String, Ask> asks = asks(replay, clock.instant());
        Instant lastChange = clock.instant();
        Progress before = new Progress(0, 0, 0, 0);
        while (true) {
            look(asks);
            Progress progress = progress(asks);
            onProgress.accept(progress);
            Instant now = clock.instant();
            boolean stillToCome = asks.values().stream().anyMatch(ask -> ask.notBefore.isAfter(now));
            if (stillToCome || !progress.equals(before)) {
                lastChange = now;
                before = progress;
            }
            if (isOver(asks) || lastChange.plus(patience).isBefore(now)) {
                return report(asks);
            }
            Thread.sleep(pause);
        }
    }

    private static Map<String, Ask> asks(DemandReplay replay, Instant start) {
        Map<String, Ask> asks = new LinkedHashMap<>();
        for (PlannedBuild build : replay.builds()) {
            for (Stage stage : build.stages()) {
                Set<String> waitsFor = new HashSet<>();
                stage.after().forEach(earlier -> waitsFor.add(job(build, earlier)));
                String job = job(build, stage.name());
                asks.put(job, new Ask(job, stage, waitsFor, start.plus(build.start())));
            }
        }
        return asks;
    }

    private static String job(PlannedBuild build, String stage) {
        return build.name() + "-" + stage;
    }

    /** One look: takes note of what ended, asks for what may begin. What fails is tried again at the next look. */
    private void look(Map<String, Ask> asks) throws InterruptedException {
        try {
            Map<String, JobState> states = jenkins.jobs();
            asks.values().stream()
                    .filter(ask -> ask.askedFor && ask.end == null)
                    .forEach(ask -> note(ask, states.get(ask.job)));
            Instant now = clock.instant();
            for (Ask ask : asks.values()) {
                if (!ask.askedFor && !ask.notBefore.isAfter(now) && mayBegin(ask, asks)) {
                    askFor(ask, states.get(ask.job));
                }
            }
        } catch (IOException notNow) {
            LOG.info("the controller cannot be asked at the moment: {}", notNow.toString());
        }
    }

    private void askFor(Ask ask, @Nullable JobState state) throws IOException, InterruptedException {
        jenkins.create(ask.job, ask.stage);
        // An answer that got lost before may have had its effect.
        if (state == null || (!state.queued() && !state.built())) {
            jenkins.build(ask.job);
        }
        ask.askedFor = true;
    }

    private static boolean mayBegin(Ask ask, Map<String, Ask> asks) {
        return ask.waitsFor.stream().allMatch(job -> {
            Ask earlier = asks.get(job);
            return earlier != null && "SUCCESS".equals(earlier.end);
        });
    }

    private static void note(Ask ask, @Nullable JobState state) {
        if (state == null) {
            ask.end = "the job is gone";
        } else if (!state.result().isEmpty()) {
            ask.end = state.result();
        } else if (!state.queued() && !state.built()) {
            ask.missing++;
            ask.end = ask.missing >= LOST_AFTER ? "neither queued nor built" : null;
        } else {
            ask.missing = 0;
        }
    }

    private static boolean isOver(Map<String, Ask> asks) {
        return asks.values().stream().allMatch(ask -> ask.end != null || neverBegins(ask, asks));
    }

    private static boolean neverBegins(Ask ask, Map<String, Ask> asks) {
        return ask.waitsFor.stream().anyMatch(job -> {
            Ask earlier = asks.get(job);
            return earlier == null
                    || (earlier.end != null && !earlier.end.equals("SUCCESS"))
                    || (earlier.end == null && neverBegins(earlier, asks));
        });
    }

    private static Progress progress(Map<String, Ask> asks) {
        int finished = 0;
        int underWay = 0;
        int lost = 0;
        for (Ask ask : asks.values()) {
            if ("SUCCESS".equals(ask.end)) {
                finished++;
            } else if (ask.end != null) {
                lost++;
            } else if (ask.askedFor) {
                underWay++;
            }
        }
        return new Progress(asks.size(), finished, underWay, lost);
    }

    private static DemandReport report(Map<String, Ask> asks) {
        List<String> lost = new ArrayList<>();
        int finished = 0;
        for (Ask ask : asks.values()) {
            if ("SUCCESS".equals(ask.end)) {
                finished++;
            } else if (ask.end != null) {
                lost.add(ask.job + ": " + ask.end);
            } else {
                lost.add(ask.job + (ask.askedFor ? ": not finished" : ": never begun"));
            }
        }
        return new DemandReport(asks.size(), finished, lost);
    }

    @Override
    public void close() {
        jenkins.close();
    }
}
