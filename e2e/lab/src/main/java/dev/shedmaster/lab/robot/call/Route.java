package dev.shedmaster.lab.robot.call;

import java.util.List;

/** A call, and what its path's variable parts were. */
public record Route(RobotCall call, List<String> variables) {

    public Route {
        variables = List.copyOf(variables);
    }

    /** The first variable part: a server, an address or a fingerprint. */
    public String target() {
        return variables.getFirst();
    }
}
