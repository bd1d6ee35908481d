package dev.shedmaster.lab.robot.fault;

import dev.shedmaster.lab.robot.call.RobotCall;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A fault that can be switched on.
 *
 * @param server the number of the server that it happens to; null: to any, and to calls that concern none
 * @param call the call that it happens to; null: to any
 * @param times how often it happens before it is spent; null: until it is cleared
 * @param by how much lab time it takes, for kinds that take some; zero: as much as usual, or none
 */
public record Fault(
        FaultKind kind,
        @Nullable Integer server,
        @Nullable RobotCall call,
        @Nullable Integer times,
        Duration by) {

    public Fault {
        if (times != null && times < 1) {
            throw new IllegalArgumentException("times must be at least 1, but is " + times);
        }
    }

    /** Happens to everything, until it is cleared. */
    public static Fault always(FaultKind kind) {
        return new Fault(kind, null, null, null, Duration.ZERO);
    }

    public static Fault once(FaultKind kind) {
        return always(kind).times(1);
    }

    public Fault times(int count) {
        return new Fault(kind, server, call, count, by);
    }

    /** Only to this server. */
    public Fault at(int number) {
        return new Fault(kind, number, call, times, by);
    }

    /** Only to this call. */
    public Fault on(RobotCall wanted) {
        return new Fault(kind, server, wanted, times, by);
    }

    public Fault lasting(Duration labTime) {
        return new Fault(kind, server, call, times, labTime);
    }

    /**
     * Makes sure that it can happen.
     *
     * @throws IllegalArgumentException naming the field that prevents it
     */
    void check() {
        if (call != null && !kind.isOfCalls()) {
            throw new IllegalArgumentException(
                    "call: " + kind + " happens to servers, whatever is called; leave it out");
        }
        if (times != null && kind.isForNow()) {
            throw new IllegalArgumentException(
                    "times: " + kind + " is there until it is cleared, and is not counted; leave it out");
        }
        if (kind.needsTime() && !by.isPositive()) {
            throw new IllegalArgumentException("byMs: " + kind + " needs a time above 0");
        }
    }

    boolean covers(FaultKind wanted, @Nullable RobotCall asked, @Nullable Integer concerned) {
        return kind == wanted
                && (call == null || call == asked)
                && (server == null || Objects.equals(server, concerned));
    }
}
