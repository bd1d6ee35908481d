package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.disk.DiskContent;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.disk.ServerDisk;
import dev.shedmaster.lab.robot.machine.Chassis;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

    private DedicatedServer(
            ServerSpec spec, InetAddress site, Surroundings surroundings, Function<DedicatedServer, MainBoard> board) {
        this.spec = spec;
        this.site = site;
        this.name = spec.name();
        this.disks = spec.hardware().disks().stream().map(ServerDisk::new).toList();
        this.power = new ServerPower(spec.number(), board.apply(this), surroundings);
    }

    /**
     * One of which there is nothing but its SSH server.
     *
     * @param site where it listens in the lab, which is also its main address unless it has none
     */
    public static DedicatedServer light(ServerSpec spec, InetAddress site, Surroundings surroundings) {
        return new DedicatedServer(spec, site, surroundings, server -> new ServerBoot(server, surroundings));
    }

    /** One that is a virtual machine. What is on its disks only it knows. */
    public static DedicatedServer machine(
            ServerSpec spec, InetAddress site, Surroundings surroundings, Chassis chassis) {
        return new DedicatedServer(spec, site, surroundings, server -> new MachineBoot(server, surroundings, chassis));
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

    /** The disks of a light server, in the order in which its firmware tries to boot them. */
    public List<ServerDisk> disks() {
        return disks;
    }

    /** What a light server would boot; empty if that is nothing. */
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
