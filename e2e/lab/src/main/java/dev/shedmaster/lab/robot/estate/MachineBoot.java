package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.fault.Fault;
import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.key.HostKeys;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.key.StoredKey;
import dev.shedmaster.lab.robot.machine.Chassis;
import dev.shedmaster.lab.robot.machine.FirstBoot;
import dev.shedmaster.lab.robot.machine.Machine;
import dev.shedmaster.lab.robot.machine.MachineWatcher;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.lab.robot.system.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is a virtual machine. What is armed is decided at each power-on; what the machine does then is its own, and
 * takes the real time that it takes. Its rescue system says its host keys on the serial line, and Robot is told of them.
 */
final class MachineBoot implements MainBoard, MachineWatcher {
    private static final Logger LOG = LoggerFactory.getLogger(MachineBoot.class);

    /** How the rescue system tells its public keys, with commas in between. */
    private static final String HOST_KEYS = "HOST-KEYS ";
    /** What UEFI says that has found nothing to boot. */
    private static final String NOTHING_TO_BOOT = "UEFI Interactive Shell";
    /** What UEFI says that has found something. */
    private static final String SOMETHING_TO_BOOT = "BdsDxe: starting ";

    private final DedicatedServer server;
    private final Surroundings surroundings;
    private final Chassis chassis;
    private Phase phase = Phase.OFF;
    private @Nullable Machine machine;
    private @Nullable Activation rescue;
    private @Nullable SshDoor door;

    MachineBoot(DedicatedServer server, Surroundings surroundings, Chassis chassis) {
        this.server = server;
        this.surroundings = surroundings;
        this.chassis = chassis;
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public String bootId() {
        return "";
    }

    @Override
    public Optional<SshDoor> door() {
        return Optional.ofNullable(door);
    }

    @Override
    public void halt() {
        Machine running = machine;
        machine = null;
        if (running != null) {
            running.cut();
        }
        isOff();
    }

    private void isOff() {
        machine = null;
        rescue = null;
        if (door != null) {
            door.close();
            door = null;
        }
        phase = Phase.OFF;
    }

    @Override
    public void start() {
        halt();
        FirstBoot firstBoot = decide();
        try {
            machine = Machine.turnOn(chassis, firstBoot, this);
        } catch (IOException missing) {
            throw new UncheckedIOException("Server " + server.number() + " cannot be turned on", missing);
        }
        phase = Phase.FIRMWARE;
    }

    private FirstBoot decide() {
        if (strikes(FaultKind.HANGS_IN_FIRMWARE)) {
            return new FirstBoot.Nothing();
        }
        boolean isArmed = server.boot().armed(BootKind.RESCUE).isPresent();
        if (!isArmed || strikes(FaultKind.NETBOOT_IGNORED)) {
            return new FirstBoot.Disk();
        }
        rescue = server.boot().consume().orElseThrow();
        return new FirstBoot.Rescue(rescue.keys().stream().map(StoredKey::text).toList());
    }

    @Override
    public void restart() {
        if (machine != null) {
            machine.pressCtrlAltDel();
            phase = Phase.SHUTTING_DOWN;
        }
    }

    @Override
    public void turnOff() {
        if (machine != null) {
            machine.pressPower();
            phase = Phase.SHUTTING_DOWN;
        }
    }

    @Override
    public void hang() {
        if (machine != null) {
            machine.hang();
            phase = Phase.HUNG;
        }
    }

    @Override
    public void said(Machine speaker, String line) {
        inStep(speaker, () -> {
            int keys = line.indexOf(HOST_KEYS);
            if (rescue != null && keys >= 0) {
                phase = Phase.STARTING;
                tell(rescue, line.substring(keys + HOST_KEYS.length()));
            } else if (line.contains(SOMETHING_TO_BOOT)) {
                phase = Phase.STARTING;
            } else if (line.contains(NOTHING_TO_BOOT)) {
                phase = Phase.NO_SYSTEM;
            }
        });
    }

    private void tell(Activation activation, String keys) {
        List<PublicKeyText> told = Arrays.stream(keys.split(",", -1))
                .map(PublicKeyText::parse)
                .flatMap(Optional::stream)
                .toList();
        server.boot().told(activation, activation.booted(surroundings.clock().instant(), told));
    }

    @Override
    public void answers(Machine speaker) {
        Duration lateness = surroundings
                .faults()
                .strike(FaultKind.SSHD_LATE, null, server.number())
                .map(Fault::by)
                .orElse(Duration.ZERO);
        surroundings.clock().schedule(lateness, () -> inStep(speaker, () -> open(speaker)));
    }

    private void open(Machine speaker) {
        try {
            door = strikes(FaultKind.FOREIGN_HOST_KEYS) ? impostor() : speaker.listenAt(place());
        } catch (IOException taken) {
            throw new UncheckedIOException("Server " + server.number() + " cannot be reached over SSH", taken);
        }
        phase = rescue == null ? Phase.INSTALLED : Phase.RESCUE;
    }

    private InetSocketAddress place() throws IOException {
        return new InetSocketAddress(server.site(), surroundings.ssh().portAt(server.site()));
    }

    /** Somebody who answers in the server's place, and lets nobody in. */
    private SshDoor impostor() throws IOException {
        return surroundings
                .ssh()
                .open(server.site(), HostKeys.fresh(), List.of(), _ -> CommandResult.failed(1, "Go away\n"));
    }

    @Override
    public void ended(Machine speaker, boolean wantsToRestart) {
        inStep(speaker, () -> {
            isOff();
            if (wantsToRestart) {
                start();
            }
        });
    }

    /** What is heard of a machine whose power was cut meanwhile is of no interest. */
    private void inStep(Machine speaker, Runnable step) {
        surroundings.lock().locked(() -> {
            if (machine == speaker) {
                step.run();
            } else {
                LOG.debug("Server {} has been cut off from what it was doing", server.number());
            }
        });
    }

    private boolean strikes(FaultKind kind) {
        return surroundings.faults().strikes(kind, server.number());
    }
}
