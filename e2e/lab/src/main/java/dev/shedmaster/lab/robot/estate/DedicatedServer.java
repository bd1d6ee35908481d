package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.lab.robot.system.InstalledOs;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that is rented. To be used in a step of its {@link Account} only; its power keeps to that by itself. */
public final class DedicatedServer {
    private final ServerSpec spec;
    private final InetAddress site;
    private final BootConfiguration boot = new BootConfiguration();
    private final ServerPower power;
    private String name;
    private boolean isReady = true;
    private boolean isCancelled;
    private @Nullable InstalledOs disk;

    private DedicatedServer(
            ServerSpec spec, InetAddress site, Surroundings surroundings, Function<DedicatedServer, MainBoard> board) {
        this.spec = spec;
        this.site = site;
        this.name = spec.name();
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

    /** What is on the disk of a light server. */
    public Optional<InstalledOs> disk() {
        return Optional.ofNullable(disk);
    }

    public void install(InstalledOs system) {
        disk = system;
    }

    public void wipe() {
        disk = null;
    }
}
