package dev.shedmaster.suite.run;

import dev.shedmaster.lab.demand.DemandDriver;
import dev.shedmaster.lab.demand.DemandReplay;
import dev.shedmaster.lab.demand.DemandReport;
import dev.shedmaster.lab.jenkins.JenkinsOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** The night's demand on its way, asked for by a user of the lab's Jenkins. */
final class Replay implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    /** The longest job takes six hours, and some have a second round. */
    private static final Duration LONGEST_QUIET_IN_THE_NIGHT = Duration.ofHours(9);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final CompletableFuture<DemandReport> report = new CompletableFuture<>();
    private final AtomicReference<DemandDriver.Progress> progress;
    private final DemandDriver driver;
    private final Thread thread;

    private Replay(DemandReplay demand, URI jenkins, InstantSource clock) {
        progress = new AtomicReference<>(new DemandDriver.Progress(demand.stageCount(), 0, 0, 0));
        driver = new DemandDriver(
                jenkins, JenkinsOptions.ADMIN.name(), JenkinsOptions.ADMIN.token(), clock, BETWEEN_LOOKS);
        Duration patience = PATIENCE.plusMillis(Math.round(LONGEST_QUIET_IN_THE_NIGHT.toMillis() / demand.speed()));
        thread = Thread.ofPlatform().daemon().name("demand").unstarted(() -> play(demand, patience));
    }

    static Replay start(DemandReplay demand, URI jenkins, InstantSource clock) {
        Replay replay = new Replay(demand, jenkins, clock);
        replay.thread.start();
        return replay;
    }

    private void play(DemandReplay demand, Duration patience) {
        try {
            report.complete(driver.play(demand, patience, progress::set));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            report.completeExceptionally(broken);
        }
    }

    DemandDriver.Progress progress() {
        return progress.get();
    }

    /** What became of it; empty while it is not over. Throws what broke it. */
    Optional<DemandReport> report() {
        return Optional.ofNullable(report.getNow(null));
    }

    @Override
    public void close() {
        thread.interrupt();
        driver.close();
    }
}
