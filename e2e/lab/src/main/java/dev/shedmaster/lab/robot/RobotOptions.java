package dev.shedmaster.lab.robot;

import dev.shedmaster.lab.robot.access.BlockedAnswer;
import dev.shedmaster.lab.robot.access.RequestLimits;
import dev.shedmaster.lab.robot.estate.ServerTimings;
import dev.shedmaster.lab.robot.system.SystemFoundry;
import dev.shedmaster.lab.time.LabClock;
import java.util.Map;

/**
 * How a stand-in is made. Begin with {@link #of} and change what matters.
 *
 * @param clock the time in which it lives; closed with it
 * @param logins who may ask: passwords by name
 * @param blocked what is answered to an address that is blocked after wrong passwords
 * @param limits how often each call may be made
 * @param timings how long servers take
 * @param systems what runs in servers
 * @param port of the web service; 0 takes a free one
 */
public record RobotOptions(
        LabClock clock,
        Map<String, String> logins,
        BlockedAnswer blocked,
        RequestLimits limits,
        ServerTimings timings,
        SystemFoundry systems,
        int port) {

    /** The one login of the defaults, in the form that Robot gives to users of the web service. */
    public static final String LOGIN = "#ws+lab";

    /** The password of {@link #LOGIN}. */
    public static final String PASSWORD = "robot-lab";

    public RobotOptions {
        logins = Map.copyOf(logins);
    }

    /** As documented, with realistic times. */
    public static RobotOptions of(LabClock clock) {
        return new RobotOptions(
                clock,
                Map.of(LOGIN, PASSWORD),
                BlockedAnswer.UNAUTHORIZED,
                RequestLimits.documented(),
                ServerTimings.realistic(),
                SystemFoundry.usual(),
                0);
    }

    public RobotOptions withLogins(Map<String, String> others) {
        return new RobotOptions(clock, others, blocked, limits, timings, systems, port);
    }

    public RobotOptions withBlocked(BlockedAnswer answer) {
        return new RobotOptions(clock, logins, answer, limits, timings, systems, port);
    }

    public RobotOptions withLimits(RequestLimits others) {
        return new RobotOptions(clock, logins, blocked, others, timings, systems, port);
    }

    public RobotOptions withTimings(ServerTimings others) {
        return new RobotOptions(clock, logins, blocked, limits, others, systems, port);
    }

    public RobotOptions withSystems(SystemFoundry others) {
        return new RobotOptions(clock, logins, blocked, limits, timings, others, port);
    }

    public RobotOptions withPort(int other) {
        return new RobotOptions(clock, logins, blocked, limits, timings, systems, other);
    }
}
