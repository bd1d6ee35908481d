package dev.shedmaster.suite.run;

import dev.shedmaster.suite.world.OperatorProcess;
import dev.shedmaster.suite.world.World;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays the night and has it watched, until it is over, somebody wants it to end, or the operator is no more. */
final class NightRun {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    /** How long the fleet may take to go when the last job has ended. */
    private static final Duration FLEET_GOES_WITHIN = Duration.ofMinutes(3);
    /** How long hosts may still be installed when the last job has ended: an emulated one does not heed the speed. */
    private static final Duration HOSTS_COME_WITHIN = Duration.ofMinutes(20);

    private static final String CTRL_C = "Ctrl-C ends it all.";

    private final World world;
    private final OperatorProcess operator;
    private final RunOptions options;
    private final Night night;
    private final EndRequest end;
    private final InstantSource clock = InstantSource.system();
    private @Nullable Instant demandOver;

    NightRun(World world, OperatorProcess operator, RunOptions options, Night night, EndRequest end) {
        this.world = world;
        this.operator = operator;
        this.options = options;
        this.night = night;
        this.end = end;
    }

    NightSummary watchOn(Screen screen) throws InterruptedException {
        Instant began = clock.instant();
        UnservedJob.enqueue(world.lab().jenkins());
        NightWatch watch = new NightWatch(
                world,
                new NightClock(began, night.from(), options.speed()),
                clock,
                night.replay().builds().size());
        try (Replay replay = Replay.start(night.replay(), world.lab().jenkins().url(), clock)) {
            NightState state = watch.look(replay.progress());
            while (!isOver(replay, state)) {
                screen.show(state.with(remark(state)));
                end.await(BETWEEN_LOOKS);
                state = lookAgain(watch, replay, state);
            }
            screen.show(state.with("ending"));
            return new NightSummary(
                    replay.report(),
                    Duration.between(began, clock.instant()),
                    options.speed(),
                    watch.waits(),
                    watch.spent(),
                    state.hosts(),
                    state.there(),
                    state.unmatchedReported(),
                    operatorTrouble());
        }
    }

    /** Whoever plays with the cluster may break it for a while; what was seen last stays on the screen. */
    private static NightState lookAgain(NightWatch watch, Replay replay, NightState before) {
        try {
            return watch.look(replay.progress());
        } catch (KubernetesClientException e) {
            return before.with("the API server does not answer: " + e.getMessage());
        }
    }

    private boolean isOver(Replay replay, NightState state) {
        if (end.isMade() || !operator.isRunning()) {
            return true;
        }
        if (demandOver == null && replay.report().isPresent()) {
            demandOver = clock.instant();
        }
        return options.once()
                && demandOver != null
                && (state.there().isNothing() || isLate(demandOver, FLEET_GOES_WITHIN))
                && (!state.hosts().areInstalling() || isLate(demandOver, HOSTS_COME_WITHIN));
    }

    private boolean isLate(Instant since, Duration limit) {
        return since.plus(limit).isBefore(clock.instant());
    }

    private String remark(NightState state) {
        if (state.remark().isPresent()) {
            return state.remark().get();
        }
        if (demandOver == null) {
            return options.once() ? "It ends with the night, and with Ctrl-C at once." : CTRL_C;
        }
        return "All jobs are done but that for " + UnservedJob.LABEL + ", which waits on purpose; " + whatIsLeft(state);
    }

    private static String whatIsLeft(NightState state) {
        if (!state.there().isNothing()) {
            return "still there: " + state.there().inWords() + ".";
        }
        return state.hosts().areInstalling()
                ? "the fleet is gone; of the hosts are " + state.hosts().inWords() + "."
                : "the fleet is gone. " + CTRL_C;
    }

    private Optional<String> operatorTrouble() {
        if (operator.isRunning()) {
            return Optional.empty();
        }
        return Optional.of(
                "the operator ended with status " + operator.exitCode().orElse(-1) + OperatorTail.of(operator));
    }
}
