package dev.shedmaster.machine.robot;

import dev.shedmaster.port.DedicatedServers.RequestAllowance;
import dev.shedmaster.port.PortError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What may be asked of Robot with one account, all servers together. Nobody waits here: whoever comes too early is told when
 * to come again. What was asked before a restart of the operator, or before its Secret or spec changed, is not known; Robot's
 * own refusal then freezes the kind.
 */
final class RobotBudget {
    /** People and other programs ask with the same account. */
    private static final double OURS = 0.9;

    /** A server that goes round in circles leaves half of the resets to the others. */
    private static final int SERVERS_SHARE_OF_RESETS = 2;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<RequestKind, RequestWindow> windows = new EnumMap<>(RequestKind.class);

    RobotBudget(int resetsPerHour, InstantSource clock) {
        this.clock = clock;
        for (RequestKind kind : RequestKind.values()) {
            windows.put(kind, kind == RequestKind.RESET ? resets(resetsPerHour) : usual(kind));
        }
    }

    private static RequestWindow resets(int perHour) {
        return new RequestWindow(perHour, Math.ceilDiv(perHour, SERVERS_SHARE_OF_RESETS));
    }

    private static RequestWindow usual(RequestKind kind) {
        int limit = (int) (kind.perHour() * OURS);
        return new RequestWindow(limit, limit);
    }

    /** Counts the call, or says why it must not be made now and when to come again. */
    Optional<PortError> admit(RobotCall call) {
        lock.lock();
        try {
            Instant now = clock.instant();
            RequestWindow window = window(call.kind());
            Instant ready = window.readyAt(call.path(), now);
            if (!ready.isAfter(now)) {
                window.take(call.path(), now);
                return Optional.empty();
            }
            Duration pause = Duration.between(now, ready);
            return Optional.of(
                    window.frozenUntil(now) == null
                            ? new PortError.HeldBack(pause, heldBack(call, window))
                            : new PortError.Throttled(
                                    pause, "Robot takes no more " + call.kind().called() + " for now"));
        } finally {
            lock.unlock();
        }
    }

    /** Without the time, which is another at each look: statuses that tell it would be written each time. */
    private static String heldBack(RobotCall call, RequestWindow window) {
        String what = "the request to " + call.purpose() + " waits: ";
        return call.kind() == RequestKind.RESET
                ? what + "the account allows " + window.limit() + " resets an hour (spec.limits.resetsPerHour),"
                        + " half of them for one server"
                : what + "of " + call.kind().called() + ", " + window.limit() + " an hour are asked for at most";
    }

    /** Robot has refused a call of this kind for their number. */
    void freeze(RequestKind kind, Duration pause) {
        lock.lock();
        try {
            window(kind).freeze(pause, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    List<RequestAllowance> allowances() {
        lock.lock();
        try {
            Instant now = clock.instant();
            List<RequestAllowance> allowances = new ArrayList<>();
            windows.forEach((kind, window) -> allowances.add(
                    new RequestAllowance(kind.called(), window.left(now), window.limit(), window.frozenUntil(now))));
            return allowances;
        } finally {
            lock.unlock();
        }
    }

    private RequestWindow window(RequestKind kind) {
        RequestWindow found = windows.get(kind);
        if (found == null) {
            throw new IllegalStateException("no window for " + kind);
        }
        return found;
    }
}
