package dev.shedmaster.kube.machine;

import dev.shedmaster.core.placement.Blockage;
import dev.shedmaster.kube.feed.Feed;
import dev.shedmaster.kube.feed.Reading;
import dev.shedmaster.kube.fleet.FleetMemory;
import dev.shedmaster.kube.worker.WorkerIndex;
import dev.shedmaster.port.MachineState;
import dev.shedmaster.port.PortError;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes on what a reading of an account changed: to the workers concerned, to the memory of refusals, to its status. */
public final class MachineListener implements Feed.Listener<Map<String, MachineState>> {
    private final String account;
    private final WorkerIndex workers;
    private final FleetMemory memory;
    private final Runnable tellStatus;
    /** Whether the account may be thought closed: what closed it is over, or was another connection's. */
    private boolean mayBeClosed = true;

    /** Listens to one connection to the account of that name. */
    public MachineListener(String account, WorkerIndex workers, FleetMemory memory, Runnable tellStatus) {
        this.account = account;
        this.workers = workers;
        this.memory = memory;
        this.tellStatus = tellStatus;
    }

    @Override
    public void read(Reading<Map<String, MachineState>> before, Reading<Map<String, MachineState>> now) {
        // After a break nobody knows what was missed: everybody looks again.
        boolean wentOn = before.trouble() == null || now.trouble() != null;
        Map<String, MachineState> known = orNone(wentOn ? before.value() : null);
        Map<String, MachineState> seen = orNone(now.value());
        Set<String> changed = new HashSet<>();
        seen.forEach((name, state) -> {
            if (!state.equals(known.get(name))) {
                changed.add(name);
                blockage(state).ifPresent(memory::learn);
            }
        });
        known.keySet().stream().filter(name -> !seen.containsKey(name)).forEach(changed::add);
        open(now);
        workers.wake(changed);
        if ((before.trouble() == null) != (now.trouble() == null)) {
            tellStatus.run();
        }
    }

    /** An account that cannot be reached for a moment is none that refuses us. */
    private void open(Reading<Map<String, MachineState>> now) {
        switch (now.trouble()) {
            case null -> {
                if (mayBeClosed) {
                    memory.opened(account);
                    mayBeClosed = false;
                }
            }
            case PortError.Later later -> {}
            case PortError.Transient lost -> {}
            case PortError refused -> {
                mayBeClosed = true;
                memory.closed(account, refused.message());
            }
        }
    }

    private static Map<String, MachineState> orNone(@Nullable Map<String, MachineState> machines) {
        return machines == null ? Map.of() : machines;
    }

    /** What the failure of one machine says about others. */
    private static Optional<Blockage> blockage(MachineState state) {
        return switch (state.failure()) {
            case PortError.CapacityExhausted e -> Optional.of(e.blockage());
            case PortError.QuotaExceeded e -> Optional.of(e.blockage());
            case null, default -> Optional.empty();
        };
    }
}
