package dev.shedmaster.lab.robot.fault;

import dev.shedmaster.lab.robot.call.RobotCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The faults that are switched on. Safe for many threads. */
public final class FaultBoard {

    /** A fault on the board. {@code left} is null where it has no end; {@code happened} counts. */
    public record Posted(String id, Fault fault, @Nullable Integer left, long happened) {

        private Posted struck() {
            return new Posted(id, fault, left == null ? null : left - 1, happened + 1);
        }

        private boolean isSpent() {
            return left != null && left == 0;
        }
    }

    private final List<Posted> faults = new ArrayList<>();
    private long posted;

    /** Switches a fault on and tells the id by which it can be cleared. */
    public synchronized String post(Fault fault) {
        fault.check();
        posted++;
        String id = "fault-" + posted;
        faults.add(new Posted(id, fault, fault.times(), 0));
        return id;
    }

    /** The fault of this kind that happens to a call now, if any; the first that was posted is counted. */
    public synchronized Optional<Fault> strike(FaultKind kind, @Nullable RobotCall call, @Nullable Integer server) {
        for (int i = 0; i < faults.size(); i++) {
            Posted struck = faults.get(i);
            if (struck.fault().covers(kind, call, server)) {
                Posted counted = struck.struck();
                if (counted.isSpent()) {
                    faults.remove(i);
                } else {
                    faults.set(i, counted);
                }
                return Optional.of(counted.fault());
            }
        }
        return Optional.empty();
    }

    /** Whether a fault of this kind happens to a server now, whatever was called. */
    public boolean strikes(FaultKind kind, int server) {
        return strike(kind, null, server).isPresent();
    }

    public synchronized List<Posted> list() {
        return List.copyOf(faults);
    }

    /** Switches one off; false when there is no such fault (any more). */
    public synchronized boolean clear(String id) {
        return faults.removeIf(fault -> fault.id().equals(id));
    }

    public synchronized void clear() {
        faults.clear();
    }
}
