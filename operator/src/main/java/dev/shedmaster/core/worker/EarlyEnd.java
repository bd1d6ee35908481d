package dev.shedmaster.core.worker;

/** Tells of a machine that ended before its agent connected what became of it, and what a person can look at. */
final class EarlyEnd {

    private EarlyEnd() {}

    /** It is off, as boot data leaves it when the agent cannot be started. */
    static String poweredOff(WorkerLife life) {
        return "it was powered off before its agent connected; the serial console of " + LateStart.machine(life)
                + " (in its boot diagnostics) says why, and spec.lifecycle.keepFailedFor keeps such a machine for a look"
                + " at it";
    }

    /** No provider takes a machine on demand away by itself. */
    static String vanished(WorkerLife life) {
        return life.offering().giver() + " no longer has it, and its agent never connected; look at that"
                + " account's log of activities for what became of " + LateStart.machine(life);
    }
}
