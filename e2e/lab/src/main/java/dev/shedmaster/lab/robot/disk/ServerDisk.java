package dev.shedmaster.lab.robot.disk;

import dev.shedmaster.lab.robot.disk.DiskContent.Blank;
import java.util.Optional;

/** A disk of a server. To be used in a step of the account only. */
public final class ServerDisk {
    private final DiskSpec spec;
    private DiskContent content = new Blank();
    private DiskHealth health = DiskHealth.GOOD;

    public ServerDisk(DiskSpec spec) {
        this.spec = spec;
    }

    public DiskSpec spec() {
        return spec;
    }

    public DiskContent content() {
        return content;
    }

    public void write(DiskContent other) {
        content = other;
    }

    public DiskHealth health() {
        return health;
    }

    /** What its self-monitoring says from now on. */
    public void turn(DiskHealth other) {
        health = other;
    }

    /** The system on it, if it holds one. */
    public Optional<InstalledOs> system() {
        return content instanceof DiskContent.Bootable(InstalledOs os) ? Optional.of(os) : Optional.empty();
    }

    /** Whose mark it bears; empty if it bears none. */
    public String owner() {
        return system().map(InstalledOs::owner).orElse("");
    }

    /** Whether it is meant by a name for good, or by its device. */
    public boolean isCalled(String name) {
        return name.equals(spec.device()) || name.equals(spec.wwn()) || name.equals(spec.serial());
    }
}
