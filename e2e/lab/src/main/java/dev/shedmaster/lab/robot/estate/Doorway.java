package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.fault.FaultKind;
import dev.shedmaster.lab.robot.key.HostKeys;
import dev.shedmaster.lab.robot.key.PublicKeyText;
import dev.shedmaster.lab.robot.ssh.SilentPort;
import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.lab.robot.system.ServerSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a server's SSH listens, if it does. What is wrong with it for now takes effect at once, and ends with its fault. */
final class Doorway {
    private final int number;
    private final InetAddress site;
    private final Surroundings surroundings;
    private @Nullable Entrance entrance;
    private @Nullable SshDoor door;
    private @Nullable SilentPort silence;

    /** How a system that is up is entered. */
    record Entrance(HostKeys keys, List<PublicKeyText> authorized, ServerSystem system) {}

    Doorway(int number, InetAddress site, Surroundings surroundings) {
        this.number = number;
        this.site = site;
        this.surroundings = surroundings;
    }

    Optional<SshDoor> door() {
        return Optional.ofNullable(door);
    }

    /** What runs behind it; empty while nothing does that can be entered. */
    Optional<ServerSystem> system() {
        return Optional.ofNullable(entrance).map(Entrance::system);
    }

    void open(Entrance found) {
        entrance = found;
        heedFaults();
    }

    /** The system behind it is no more. */
    void shut() {
        close();
        if (entrance != null) {
            entrance.system().end();
            entrance = null;
        }
    }

    /** The system behind it is no more, and nobody says so. */
    void fallSilent() {
        shut();
        silence = silentPort();
    }

    /** Opens the SSH server, or closes it, as the faults that are there for now say. */
    void heedFaults() {
        Entrance way = entrance;
        if (way == null) {
            return;
        }
        boolean isSilent = stands(FaultKind.UNREACHABLE);
        boolean isOpen = !isSilent && !stands(FaultKind.SSHD_REFUSES);
        if ((door != null) == isOpen && (silence != null) == isSilent) {
            return;
        }
        close();
        if (isSilent) {
            silence = silentPort();
        } else if (isOpen) {
            door = sshDoor(way);
        }
    }

    private void close() {
        if (door != null) {
            door.close();
            door = null;
        }
        if (silence != null) {
            silence.close();
            silence = null;
        }
    }

    private SshDoor sshDoor(Entrance way) {
        try {
            return surroundings.ssh().open(site, way.keys(), way.authorized(), way.system());
        } catch (IOException taken) {
            throw new UncheckedIOException("Server " + number + " cannot be reached over SSH", taken);
        }
    }

    private SilentPort silentPort() {
        try {
            return surroundings.ssh().silence(site);
        } catch (IOException taken) {
            throw new UncheckedIOException("Server " + number + " cannot be made silent", taken);
        }
    }

    private boolean stands(FaultKind kind) {
        return surroundings.faults().stands(kind, number);
    }
}
