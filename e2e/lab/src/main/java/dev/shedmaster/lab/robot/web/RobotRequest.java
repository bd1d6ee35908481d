package dev.shedmaster.lab.robot.web;

import dev.shedmaster.lab.http.LabRequest;
import dev.shedmaster.lab.robot.call.RobotCall;
import dev.shedmaster.lab.robot.call.Route;
import java.util.List;
import java.util.Optional;

/** A request that was let in. */
record RobotRequest(Route route, Form form, LabRequest raw) {

    RobotCall call() {
        return route.call();
    }

    /** The server, address or fingerprint that the path names. */
    String target() {
        return route.target();
    }

    Optional<String> field(String name) {
        return form.text(name);
    }

    /**
     * Fields that must be there.
     *
     * @throws RobotRefusal naming all that are not
     */
    void require(String... names) {
        List<String> missing = List.of(names).stream()
                .filter(name -> form.list(name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw RobotRefusal.missing(missing);
        }
    }

    /** A field that {@link #require} has found. */
    String required(String name) {
        require(name);
        return field(name).orElseThrow(() -> RobotRefusal.invalid(name));
    }
}
