package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.system.InstalledOs;
import java.net.InetAddress;
import java.util.Optional;
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

    /** @param site where it listens in the lab, which is also its main address unless it has none */
    public DedicatedServer(ServerSpec spec, InetAddress site, Surroundings surroundings) {
        this.spec = spec;
        this.site = site;
        this.name = spec.name();
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
