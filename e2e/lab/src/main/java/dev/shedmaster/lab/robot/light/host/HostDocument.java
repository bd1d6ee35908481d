package dev.shedmaster.lab.robot.light.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.shedmaster.lab.robot.light.host.WorkerUnit.End;
import dev.shedmaster.lab.robot.system.BootedServer;
import java.util.Optional;

/** All there is to know of a host, as its program lists it. */
final class HostDocument {
    private final BootedServer server;
    private final HostClock clock;
    private final Units units;
    private final Scratch scratch;

    HostDocument(BootedServer server, HostClock clock, Units units, Scratch scratch) {
        this.server = server;
        this.clock = clock;
        this.units = units;
        this.scratch = scratch;
    }

    /** One line. */
    String text(String program) {
        HostClock.Reading time = clock.read();
        ObjectNode document = new JsonNodeFactory(true)
                .objectNode()
                .put("bootId", server.bootId())
                .put("program", program)
                .put("time", time.seconds())
                .put("uptimeSeconds", clock.uptimeSeconds())
                .put("clockSynchronised", time.isSynchronised())
                .put("architecture", server.architecture())
                .put("cpus", server.hardware().cpus())
                .put("memoryBytes", units.memory().bytes())
                .put("freeMemoryBytes", units.memory().free(units.all()))
                .put("scratchBytes", scratch.bytes())
                .put("freeScratchBytes", scratch.freeBytes());
        if (units.images().isKnown()) {
            units.images().list(document.putArray("images"));
        } else {
            document.putNull("images");
        }
        ArrayNode rows = document.putArray("units");
        units.all().forEach(unit -> rows.add(row(unit)));
        return document + "\n";
    }

    private static ObjectNode row(WorkerUnit unit) {
        WorkerOrder order = unit.order();
        Optional<End> end = Optional.ofNullable(unit.end());
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", unit.name().text())
                .put("installation", order.fact("installation"))
                .put("pool", order.fact("pool"))
                .put("worker", order.fact("worker"))
                .put("uid", order.fact("uid"))
                .put("state", unit.state().word())
                .put("result", end.map(End::result).orElse(""))
                .put("code", end.map(End::code).orElse(""))
                .put("status", end.map(End::status).orElse(""))
                .put("started", unit.startedAt().getEpochSecond())
                .put("ended", end.map(how -> how.at().getEpochSecond()).orElse(null))
                .put("memoryBytes", unit.lives() ? (Long) unit.memory() : null);
    }
}
