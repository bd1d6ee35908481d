package dev.shedmaster.lab.robot.call;

import java.time.Duration;

/** So many requests are taken in a time; Robot tells both when it refuses one. */
public record RequestLimit(int requests, Duration window) {

    public RequestLimit {
        if (requests < 1 || !window.isPositive()) {
            throw new IllegalArgumentException("A limit lets at least 1 request through in a time above zero, but got "
                    + requests + " in " + window);
        }
    }

    public static RequestLimit perHour(int requests) {
        return new RequestLimit(requests, Duration.ofHours(1));
    }
}
