package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.disk.ServerDisk;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.system.BootedServer;
import dev.shedmaster.lab.robot.system.Hardware;
import dev.shedmaster.lab.time.LabClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A server as the system sees it that runs in it since one boot. */
record ServerInBoot(DedicatedServer server, String bootId, Surroundings surroundings) implements BootedServer {

    @Override
    public int number() {
        return server.number();
    }

    @Override
    public String architecture() {
        String sold = server.spec().architecture();
        if (strikes(FaultKind.OTHER_ARCHITECTURE)) {
            return sold.equals("x86_64") ? "aarch64" : "x86_64";
        }
        return sold;
    }

    @Override
    public void reboot() {
        server.power().reboot(bootId);
    }

    @Override
    public Hardware hardware() {
        return server.spec().hardware();
    }

    @Override
    public LabClock clock() {
        return surroundings.clock();
    }

    @Override
    public void losePower() {
        server.power().blink(bootId);
    }

    @Override
    public List<ServerDisk> disks() {
        return server.disks();
    }

    @Override
    public Optional<InstalledOs> disk() {
        return locked(server::disk);
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
    public <T> T locked(Supplier<T> step) {
        return surroundings.lock().locked(step);
    }

    @Override
    public void later(Duration delay, Runnable step) {
        clock().schedule(
                        delay,
                        () -> surroundings.lock().locked(() -> {
                            if (server.power().bootId().filter(bootId::equals).isPresent()) {
                                step.run();
                            }
                        }));
    }

    @Override
    public Optional<Fault> strike(FaultKind kind) {
        return surroundings.faults().strike(kind, null, server.number());
    }
}
