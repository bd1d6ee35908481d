package dev.shedmaster.lab.robot.system;

import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.disk.ServerDisk;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.time.LabClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The server in which a system runs, as the system sees it; one for each boot. */
public interface BootedServer {
    int number();

    /** What the kernel calls this boot. */
    String bootId();

    /** What {@code uname -m} says. */
    String architecture();

    Hardware hardware();

    LabClock clock();

    /** Goes down in order and comes up again, as after {@code reboot}. Nothing happens if this boot is over already. */
    void reboot();

    /** The power fails and comes back. Nothing happens if this boot is over already. */
    void losePower();

    /** Its disks, in the order of their devices; to be looked at and written in a {@link #locked} step. */
    List<ServerDisk> disks();

    /** What is on the disk that it boots; empty if it would boot none. */
    Optional<InstalledOs> disk();

    /** Writes a system to the first disk, over whatever is on it. The next boot from disk brings it up. */
    void install(InstalledOs system);

    /** Makes all disks blank. */
    void wipe();

    /** Runs one step alone. It must not wait. */
    <T> T locked(Supplier<T> step);

    /** Runs a step after this much lab time, alone, unless this boot is over by then. */
    void later(Duration delay, Runnable step);

    /** Whether a fault of this kind happens to the server now. */
    default boolean strikes(FaultKind kind) {
        return strike(kind).isPresent();
    }

    /** The fault of this kind that happens to the server now. */
    Optional<Fault> strike(FaultKind kind);
}
