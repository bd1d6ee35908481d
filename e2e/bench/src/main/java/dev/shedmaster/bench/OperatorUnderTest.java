package dev.shedmaster.bench;

import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The packaged operator in a world, as a process of its own. */
final class OperatorUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration OFTEN = Duration.ofMillis(50);

    private final World world;
    private final Path launcher;
    private @Nullable OperatorProcess process;

    /**
     * Not started yet.
     *
     * @param launcher of the packaged operator
     */
    OperatorUnderTest(World world, Path launcher) {
        this.world = world;
        this.launcher = launcher;
    }

    World world() {
        return world;
    }

    /** Starts it; returns how long it took until it had done so much. */
    Duration start(String what, BooleanSupplier done) {
        Instant begun = Instant.now();
        process = world.startPackagedOperator(launcher, "--no-leader-election");
        await(what, done);
        Duration taken = Duration.between(begun, Instant.now());
        await("the operator to be ready", process()::isReady);
        return taken;
    }

    OperatorProcess process() {
        return Objects.requireNonNull(process, "the operator was not started");
    }

    /**
     * Writes to the API server so far, by its own counting.
     *
     * @param resource the kind that is counted apart
     */
    ApiRequests writes(String resource) {
        return ApiRequests.in(world.cluster().controlPlane().metrics(), resource);
    }

    /** What each of the processes has used so far. */
    Shares shares() {
        return Shares.now(process().pid());
    }

    void await(String what, BooleanSupplier condition) {
        await(what, OFTEN, condition);
    }

    /** @param every how often to look: looking costs the lab time, too */
    void await(String what, Duration every, BooleanSupplier condition) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!condition.getAsBoolean()) {
            boolean ended = process != null && !process.isRunning();
            if (ended || Instant.now().isAfter(end)) {
                throw new IllegalStateException((ended ? "the operator ended before " : "waited too long for ") + what
                        + "; the operator said:\n" + tail(process().log()));
            }
            pause(every);
        }
    }

    static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String tail(String log) {
        return log.substring(Math.max(0, log.length() - 5000));
    }

    @Override
    public void close() {
        world.close();
    }
}
