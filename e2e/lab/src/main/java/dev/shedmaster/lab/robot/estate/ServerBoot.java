package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.disk.DiskContent;
import dev.shedmaster.lab.robot.disk.InstalledOs;
import dev.shedmaster.lab.robot.estate.Doorway.Entrance;
import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.key.HostKeys;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.key.StoredKey;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.lab.robot.system.ServerSystem;
import dev.shedmaster.lab.time.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a light server between its power and its SSH server: the firmware boots over the network if that is
 * armed, and else what is on the disk. The network boot uses up what was armed; a rescue system makes new host keys, tells
 * them to Robot, and then opens its SSH server.
 */
final class ServerBoot implements MainBoard {
    private final DedicatedServer server;
    private final Surroundings surroundings;
    private final Doorway doorway;
    private Phase phase = Phase.OFF;
    private String bootId = "";
    private @Nullable Cancellable next;

    ServerBoot(DedicatedServer server, Surroundings surroundings) {
        this.server = server;
        this.surroundings = surroundings;
        this.doorway = new Doorway(server.number(), server.site(), surroundings);
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public String bootId() {
        return bootId;
    }

    @Override
    public Optional<SshDoor> door() {
        return doorway.door();
    }

    @Override
    public Optional<ServerSystem> system() {
        return doorway.system();
    }

    @Override
    public void heedFaults() {
        doorway.heedFaults();
    }

    @Override
    public void halt() {
        cancelNext();
        doorway.shut();
        bootId = "";
        phase = Phase.OFF;
    }

    @Override
    public void hang() {
        cancelNext();
        doorway.fallSilent();
        phase = Phase.HUNG;
    }

    @Override
    public void start() {
        halt();
        phase = Phase.FIRMWARE;
        plan(timings().firmware(), this::bootSomething);
    }

    @Override
    public void restart() {
        shutDown(this::start);
    }

    @Override
    public void turnOff() {
        shutDown(() -> {});
    }

    private void shutDown(Runnable then) {
        cancelNext();
        phase = Phase.SHUTTING_DOWN;
        plan(timings().shutdown(), () -> {
            halt();
            then.run();
        });
    }

    private void bootSomething() {
        if (strikes(FaultKind.HANGS_IN_FIRMWARE)) {
            return;
        }
        boolean fromDisk = server.boot().armed().isPresent() && strikes(FaultKind.NETBOOT_IGNORED);
        Optional<Activation> armed = fromDisk ? Optional.empty() : server.boot().consume();
        if (armed.isEmpty()) {
            bootDisk();
            return;
        }
        switch (armed.get().kind()) {
            case RESCUE -> bootRescue(armed.get());
            case LINUX -> installLinux(armed.get());
        }
    }

    private void bootRescue(Activation activation) {
        beginSystem(Phase.STARTING);
        HostKeys keys = HostKeys.fresh();
        plan(timings().rescueStart(), () -> {
            tell(activation, keys);
            ServerSystem rescue = surroundings.systems().rescue(new ServerInBoot(server, bootId, surroundings));
            List<PublicKeyText> authorized =
                    activation.keys().stream().map(StoredKey::text).toList();
            plan(
                    timings().rescueSshd().plus(lateness()),
                    () -> open(Phase.RESCUE, new Entrance(shown(keys), authorized, rescue)));
        });
    }

    private void installLinux(Activation activation) {
        beginSystem(Phase.INSTALLING);
        server.wipe();
        plan(timings().installation(), () -> {
            String hostname = server.name().isEmpty() ? "server-" + server.number() : server.name();
            InstalledOs os = InstalledOs.fresh(
                    hostname, activation.keys().stream().map(StoredKey::text).toList());
            server.install(os);
            tell(activation, os.hostKeys());
            start();
        });
    }

    private void bootDisk() {
        Optional<InstalledOs> disk = server.disk();
        if (disk.isEmpty()) {
            phase = Phase.NO_SYSTEM;
            return;
        }
        beginSystem(Phase.STARTING);
        if (strikes(FaultKind.SYSTEM_NEVER_COMES)) {
            return;
        }
        InstalledOs os = strikes(FaultKind.HOST_KEYS_REMADE) ? rekeyed(disk.get()) : disk.get();
        ServerSystem system = surroundings.systems().installed(new ServerInBoot(server, bootId, surroundings), os);
        plan(
                timings().diskStart().plus(lateness()),
                () -> open(Phase.INSTALLED, new Entrance(shown(os.hostKeys()), os.authorized(), system)));
    }

    private InstalledOs rekeyed(InstalledOs os) {
        InstalledOs other = os.rekeyed();
        server.bootDisk().ifPresent(disk -> disk.write(new DiskContent.Bootable(other)));
        return other;
    }

    private void beginSystem(Phase first) {
        phase = first;
        bootId = UUID.randomUUID().toString();
    }

    private void tell(Activation activation, HostKeys keys) {
        server.boot().told(activation, activation.booted(surroundings.clock().instant(), keys.publicKeys()));
    }

    private Duration lateness() {
        return surroundings
                .faults()
                .strike(FaultKind.SSHD_LATE, null, server.number())
                .map(Fault::by)
                .orElse(Duration.ZERO);
    }

    private HostKeys shown(HostKeys own) {
        return strikes(FaultKind.FOREIGN_HOST_KEYS) ? HostKeys.fresh() : own;
    }

    private void open(Phase reached, Entrance entrance) {
        phase = reached;
        doorway.open(entrance);
    }

    private boolean strikes(FaultKind kind) {
        return surroundings.faults().strikes(kind, server.number());
    }

    private ServerTimings timings() {
        return surroundings.timings();
    }

    private void plan(Duration delay, Runnable step) {
        Planned planned = new Planned(step);
        planned.timer =
                surroundings.clock().schedule(delay, () -> surroundings.lock().locked(planned::happen));
        next = planned;
    }

    private void cancelNext() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    /** The one next step. It does not happen any more once it was called off, even if its time had come already. */
    private final class Planned implements Cancellable {
        private final Runnable step;
        private boolean isOff;
        private Cancellable timer = () -> {};

        Planned(Runnable step) {
            this.step = step;
        }

        void happen() {
            if (!isOff) {
                next = null;
                step.run();
            }
        }

        @Override
        public void cancel() {
            isOff = true;
            timer.cancel();
        }
    }
}
