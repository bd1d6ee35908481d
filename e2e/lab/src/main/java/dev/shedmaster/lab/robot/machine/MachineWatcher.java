package dev.shedmaster.lab.robot.machine;

/** Hears of what happens in a machine, on threads of its own; of some things more than once. */
public interface MachineWatcher {
    /** The machine has said this on its serial line. */
    void said(Machine machine, String line);

    /** Its SSH server answers. */
    void answers(Machine machine);

    /**
     * It has ended.
     *
     * @param wantsToRestart whether it would have come up again
     */
    void ended(Machine machine, boolean wantsToRestart);
}
