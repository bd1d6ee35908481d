package dev.shedmaster.lab.robot.system;

import dev.shedmaster.lab.robot.disk.InstalledOs;

/**
 * Brings up the systems that servers boot. Called once for each boot, within a step of the account: it must not wait.
 */
public interface SystemFoundry {
    ServerSystem rescue(BootedServer server);

    ServerSystem installed(BootedServer server, InstalledOs os);

    /** {@link RescueSystem} and {@link InstalledSystem}. */
    static SystemFoundry usual() {
        return new SystemFoundry() {
            @Override
            public ServerSystem rescue(BootedServer server) {
                return new RescueSystem(server);
            }

            @Override
            public ServerSystem installed(BootedServer server, InstalledOs os) {
                return new InstalledSystem(server, os);
            }
        };
    }
}
