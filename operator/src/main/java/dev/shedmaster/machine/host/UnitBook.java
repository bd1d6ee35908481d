package dev.shedmaster.machine.host;

import dev.shedmaster.port.HostReport.HostUnit;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.MachineState.Phase;
import dev.shedmaster.port.Nothing;
import dev.shedmaster.port.Outcome;
import dev.shedmaster.port.PortError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What we did to a host's units since its newest reading began, which does not show it. What was done before a reading
 * began is forgotten with it.
 */
final class UnitBook {
    private final Map<String, Instant> started = new ConcurrentHashMap<>();
    private final Map<String, Instant> stopped = new ConcurrentHashMap<>();

    /** Those that are being stopped now. */
    private final Set<String> stopping = ConcurrentHashMap.newKeySet();

    /** Why the last attempt to stop one failed, until somebody has been told. */
    private final Map<String, PortError> failures = new ConcurrentHashMap<>();

    private final Executor aside;
    private final InstantSource clock;
    private final Instant begun;

    UnitBook(Executor aside, InstantSource clock) {
        this.aside = aside;
        this.clock = clock;
        this.begun = clock.instant();
    }

    /** Starts one. However that ends, a reading that began before its end says nothing of it. */
    Outcome<Nothing> starting(String unit, Supplier<Outcome<Nothing>> start) {
        started.put(unit, Instant.MAX);
        Outcome<Nothing> outcome = start.get();
        stopped.remove(unit);
        if (outcome instanceof Outcome.Failed<Nothing>(PortError error) && error.leavesNothing()) {
            started.remove(unit);
        } else {
            started.put(unit, clock.instant());
        }
        return outcome;
    }

    /** Begins to stop one, unless that has begun; says why it failed, if it did when it was tried last. */
    Outcome<Nothing> stop(String unit, Supplier<Outcome<Nothing>> stop) {
        PortError failure = failures.remove(unit);
        if (stopping.add(unit)) {
            aside.execute(() -> stopNow(unit, stop));
        }
        return failure == null ? Outcome.done(Nothing.NOTHING) : Outcome.failed(failure);
    }

    private void stopNow(String unit, Supplier<Outcome<Nothing>> stop) {
        try {
            switch (stop.get()) {
                case Outcome.Done<Nothing> done -> {
                    stopped.put(unit, clock.instant());
                    started.remove(unit);
                }
                case Outcome.Failed<Nothing>(PortError error) -> failures.put(unit, error);
            }
        } finally {
            stopping.remove(unit);
        }
    }

    /** Whether a reading that began then shows all that was done to a unit, by whoever acted before us, too. */
    boolean isOlderThan(String unit, @Nullable Instant readAt) {
        return readAt != null
                && begun.isBefore(readAt)
                && started.getOrDefault(unit, Instant.MIN).isBefore(readAt);
    }

    /** What there is: as that reading shows it, with what was done since it began. */
    Map<String, MachineState> upToDate(Map<String, MachineState> shown, @Nullable Instant readAt) {
        if (readAt != null) {
            started.values().removeIf(at -> at.isBefore(readAt));
            stopped.values().removeIf(at -> at.isBefore(readAt));
        }
        Map<String, MachineState> machines = new HashMap<>(shown);
        started.keySet()
                .forEach(unit -> machines.putIfAbsent(unit, new MachineState(unit, Phase.CREATING, null, null, null)));
        stopping.forEach(unit -> machines.computeIfPresent(
                unit, (name, state) -> new MachineState(name, Phase.DELETING, null, state.owner(), state.createdAt())));
        stopped.keySet().forEach(machines::remove);
        return machines;
    }

    /**
     * What a unit is to who looks for a machine. One that stops, and not by our doing, runs until it has ended; one that has
     * ended is there until it is stopped.
     */
    static MachineState state(HostUnit unit) {
        Phase phase = switch (unit.phase()) {
            case STARTING -> Phase.CREATING;
            case RUNNING, STOPPING -> Phase.RUNNING;
            case ENDED -> Phase.STOPPED;
            case CUT_OFF -> Phase.FAILED;
        };
        return new MachineState(
                unit.name(),
                phase,
                phase == Phase.FAILED ? new PortError.Transient("its start was cut off on the host") : null,
                unit.owner(),
                unit.startedAt());
    }
}
