package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.disk.DiskContent;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.disk.ServerDisk;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** A server that is rented. To be used in a step of its {@link Account} only; its power keeps to that by itself. */
public final class DedicatedServer {
    private final ServerSpec spec;
    private final InetAddress site;
    private final BootConfiguration boot = new BootConfiguration();
    private final ServerPower power;
    private String name;
    private boolean isReady = true;
    private boolean isCancelled;
    private final List<ServerDisk> disks;

    /** @param site where it listens in the lab, which is also its main address unless it has none */
    public DedicatedServer(ServerSpec spec, InetAddress site, Surroundings surroundings) {
        this.spec = spec;
        this.site = site;
        this.name = spec.name();
        this.disks = spec.hardware().disks().stream().map(ServerDisk::new).toList();
        this.power = new ServerPower(spec.number(), new ServerBoot(this, surroundings), surroundings);
    }

    public ServerSpec spec() {
        return spec;
    }

    public int number() {
        return spec.number();
    }

    public InetAddress site() {
        return site;
    }

    /** What it is called in Robot; the system in it has a name of its own. */
    public String name() {
        return name;
    }

    public void rename(String other) {
        name = other;
    }

    /** Whether it has been handed over. */
    public boolean isReady() {
        return isReady;
    }

    /** Whether its rent ends. */
    public boolean isCancelled() {
        return isCancelled;
    }

    /** What Robot says of its rent from now on. */
    public void changeRent(boolean ready, boolean cancelled) {
        isReady = ready;
        isCancelled = cancelled;
    }

    public BootConfiguration boot() {
        return boot;
    }

    public ServerPower power() {
        return power;
    }

    /** Its disks, in the order in which its firmware tries to boot them. */
    public List<ServerDisk> disks() {
        return disks;
    }

    /** What it would boot; empty if that is nothing. */
    public Optional<InstalledOs> disk() {
        return bootDisk().flatMap(ServerDisk::system);
    }

    /** The disk that it would boot. */
    Optional<ServerDisk> bootDisk() {
        return disks.stream().filter(disk -> disk.system().isPresent()).findFirst();
    }

    /** Writes a system to the first disk. */
    public void install(InstalledOs system) {
        disks.getFirst().write(new DiskContent.Bootable(system));
    }

    /** Makes all disks blank. */
    public void wipe() {
        disks.forEach(disk -> disk.write(new DiskContent.Blank()));
    }
}
