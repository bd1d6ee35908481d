package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.InstalledOs;
import java.util.Optional;

/** A server as the system sees it that runs in it since one boot. */
record ServerInBoot(DedicatedServer server, String bootId, Surroundings surroundings) implements BootedServer {

    @Override
    public int number() {
        return server.number();
    }

    @Override
    public String architecture() {
        return server.spec().architecture();
    }

    @Override
    public void reboot() {
        server.power().reboot(bootId);
    }

    @Override
    public Optional<InstalledOs> disk() {
        return surroundings.lock().locked(server::disk);
    }

    @Override
    public void install(InstalledOs system) {
        surroundings.lock().locked(() -> server.install(system));
    }

    @Override
    public void wipe() {
        surroundings.lock().locked(server::wipe);
    }

    @Override
    public boolean strikes(FaultKind kind) {
        return surroundings.faults().strikes(kind, server.number());
    }
}
