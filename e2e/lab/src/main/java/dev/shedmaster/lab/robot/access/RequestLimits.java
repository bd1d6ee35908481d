package dev.shedmaster.lab.robot.access;

import dev.shedmaster.lab.robot.call.RequestLimit;
import dev.shedmaster.lab.robot.call.RobotCall;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How often each call may be made; a call that is missing may be made without end. */
public record RequestLimits(Map<RobotCall, RequestLimit> limits) {

    public RequestLimits {
        limits = Map.copyOf(limits);
    }

    /** As Robot's documentation lists them. */
    public static RequestLimits documented() {
        Map<RobotCall, RequestLimit> limits = new EnumMap<>(RobotCall.class);
        for (RobotCall call : RobotCall.values()) {
            limits.put(call, call.limit());
        }
        return new RequestLimits(limits);
    }

    public static RequestLimits none() {
        return new RequestLimits(Map.of());
    }

    /** With another limit for one call. */
    public RequestLimits with(RobotCall call, int requests, Duration window) {
        Map<RobotCall, RequestLimit> changed = new EnumMap<>(RobotCall.class);
        changed.putAll(limits);
        changed.put(call, new RequestLimit(requests, window));
        return new RequestLimits(changed);
    }

    Optional<RequestLimit> of(RobotCall call) {
        return Optional.ofNullable(limits.get(call));
    }
}
