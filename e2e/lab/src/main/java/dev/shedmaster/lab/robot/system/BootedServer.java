package dev.shedmaster.lab.robot.system;

import dev.shedmaster.lab.robot.fault.FaultKind;
import java.util.Optional;

/** The server in which a system runs, as the system sees it; one for each boot. */
public interface BootedServer {
    int number();

    /** What the kernel calls this boot. */
    String bootId();

    /** What {@code uname -m} says. */
    String architecture();

    /** Goes down in order and comes up again, as after {@code reboot}. Nothing happens if this boot is over already. */
    void reboot();

    /** What is on the disk; empty if it is blank. */
    Optional<InstalledOs> disk();

    /** Writes a system to the disk, over whatever is on it. The next boot from disk brings it up. */
    void install(InstalledOs system);

    /** Makes the disk blank. */
    void wipe();

    /** Whether a fault of this kind happens to the server now. */
    boolean strikes(FaultKind kind);
}
