package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.lab.robot.system.ServerSystem;
import dev.shedmaster.lab.robot.system.WorkerHost;
import java.util.Optional;
import java.util.function.Supplier;

/** A server's buttons, and what can be seen from its front. Safe for many threads. */
public final class ServerPower {
    private final int number;
    private final MainBoard boot;
    private final Surroundings surroundings;
    private boolean isTechnicianCalled;

    ServerPower(int number, MainBoard boot, Surroundings surroundings) {
        this.number = number;
        this.boot = boot;
        this.surroundings = surroundings;
    }

    public Phase phase() {
        return seen(boot::phase);
    }

    public boolean isOn() {
        return phase() != Phase.OFF;
    }

    /** Of the kernel that runs; empty while none does. */
    public Optional<String> bootId() {
        return seen(() -> Optional.of(boot.bootId()).filter(id -> !id.isEmpty()));
    }

    /** Where its SSH server listens; empty while none does. */
    public Optional<SshDoor> door() {
        return seen(boot::door);
    }

    /** What runs workers in the system that is up; empty if none is, or it runs none. */
    public Optional<WorkerHost> workerHost() {
        return seen(() -> boot.system().flatMap(ServerSystem::workerHost));
    }

    /** Turns on what is off. */
    public void turnOn() {
        step(() -> {
            if (boot.phase() == Phase.OFF) {
                boot.start();
            }
        });
    }

    /** The power fails. */
    public void cut() {
        step(boot::halt);
    }

    /** The reset button; it does nothing to what is off. */
    void pressReset() {
        step(() -> {
            if (boot.phase() != Phase.OFF) {
                boot.start();
            }
        });
    }

    /** Ctrl+Alt+Del: a running system goes down in order, if it listens; the firmware obeys at once. */
    void pressCtrlAltDel() {
        step(() -> {
            if (boot.phase().hasSystem()) {
                askNicely(boot::restart);
            } else if (boot.phase() == Phase.FIRMWARE || boot.phase() == Phase.NO_SYSTEM) {
                boot.start();
            }
        });
    }

    /** The power button, pressed shortly: turns on what is off, and asks a running system to go down. */
    void pressPower() {
        step(() -> {
            if (boot.phase() == Phase.OFF) {
                boot.start();
            } else if (boot.phase().hasSystem()) {
                askNicely(boot::turnOff);
            } else if (boot.phase() != Phase.HUNG) {
                boot.halt();
            }
        });
    }

    private void askNicely(Runnable request) {
        if (!surroundings.faults().strikes(FaultKind.SOFTWARE_RESET_IGNORED, number)) {
            request.run();
        }
    }

    /** Somebody walks there and turns it off and on. */
    void callTechnician() {
        step(() -> {
            isTechnicianCalled = true;
            surroundings
                    .clock()
                    .schedule(
                            surroundings.timings().technician(),
                            () -> step(() -> {
                                isTechnicianCalled = false;
                                boot.start();
                            }));
        });
    }

    public boolean isTechnicianCalled() {
        return seen(() -> isTechnicianCalled);
    }

    /** What {@code reboot} does in a system; nothing if another boot has come since. */
    void reboot(String bootId) {
        step(() -> {
            if (boot.bootId().equals(bootId) && boot.phase().hasSystem()) {
                boot.restart();
            }
        });
    }

    /** The power fails and comes back; nothing if another boot has come since. */
    void blink(String bootId) {
        step(() -> {
            if (boot.bootId().equals(bootId)) {
                boot.start();
            }
        });
    }

    /** The system that runs hangs from now on, with all that runs in it, until the power or the reset button ends that. */
    public void hang() {
        step(() -> {
            if (boot.phase().hasSystem()) {
                boot.hang();
            }
        });
    }

    /** Looks at the faults that are there for now, and lets the SSH server be as they say. */
    public void heedFaults() {
        step(boot::heedFaults);
    }

    private void step(Runnable step) {
        surroundings.lock().locked(step);
    }

    private <T> T seen(Supplier<T> look) {
        return surroundings.lock().locked(look);
    }
}
