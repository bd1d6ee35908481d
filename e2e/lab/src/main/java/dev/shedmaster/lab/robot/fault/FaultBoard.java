package dev.shedmaster.lab.robot.fault;

import dev.shedmaster.lab.robot.call.RobotCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
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
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long posted;

    /** Is told after each fault that was switched on or off, in the thread that did so. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Switches a fault on and tells the id by which it can be cleared. */
    public String post(Fault fault) {
        fault.check();
        String id = add(fault);
        listeners.forEach(Runnable::run);
        return id;
    }

    private synchronized String add(Fault fault) {
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

    /** Whether a fault that is not counted is there for a server now. */
    public synchronized boolean stands(FaultKind kind, int server) {
        return faults.stream().anyMatch(posted -> posted.fault().covers(kind, null, server));
    }

    public synchronized List<Posted> list() {
        return List.copyOf(faults);
    }

    /** Switches one off; false when there is no such fault (any more). */
    public boolean clear(String id) {
        boolean wasThere = remove(fault -> fault.id().equals(id));
        listeners.forEach(Runnable::run);
        return wasThere;
    }

    public void clear() {
        remove(fault -> true);
        listeners.forEach(Runnable::run);
    }

    private synchronized boolean remove(Predicate<Posted> unwanted) {
        return faults.removeIf(unwanted);
    }
}
