package dev.shedmaster.lab.robot.estate;

import dev.shedmaster.lab.robot.ssh.SshDoor;
import dev.shedmaster.lab.robot.system.ServerSystem;
import java.util.Optional;

/**
 * What a server's buttons are wired to: the firmware boots over the network if that is armed, and else what is on the
 * disk. To be used in a step of the account only.
 */
interface MainBoard {
    Phase phase();

    /** What the kernel calls this boot; empty while no kernel runs, or where only the kernel itself knows. */
    String bootId();

    /** Where its SSH server listens; empty while none does. */
    Optional<SshDoor> door();

    /** What answers there, where that is simulated; empty where nothing does, or only the machine itself knows. */
    default Optional<ServerSystem> system() {
        return Optional.empty();
    }

    /** Lets the SSH server be as the faults say that are there for now; a machine's own is what it is. */
    default void heedFaults() {}

    /** Whatever runs stops where it is, and nothing answers any more. */
    void hang();

    /** Whatever runs ends at once. */
    void halt();

    /** Begins anew, whatever runs. */
    void start();

    /** The system that runs is told to go down in order and to come up again. */
    void restart();

    /** The system that runs is told to go down in order and to stay off. */
    void turnOff();
}
