package dev.shedmaster.kube.host;

import dev.shedmaster.port.HostDriver;
import dev.shedmaster.port.RescueSystem;
import dev.shedmaster.port.ServerDoor;

/**
 * The ways into one server, which share a connection.
 *
 * @param door to learn what it runs
 * @param rescue if that is its rescue system
 * @param driver if it is its own
 */
public record HostAccess(ServerDoor door, RescueSystem rescue, HostDriver driver) implements AutoCloseable {
    @Override
    public void close() {
        door.close();
        rescue.close();
        driver.close();
    }
}
