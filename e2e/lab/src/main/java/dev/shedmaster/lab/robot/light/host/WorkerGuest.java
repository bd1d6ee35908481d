package dev.shedmaster.lab.robot.light.host;

import java.util.List;

/** What runs in a worker. Used in steps of the account. */
interface WorkerGuest {
    /** Begins; what takes time comes later. */
    void boot();

    /** It is no more, from one moment to the next. May be called again. */
    void cut();

    /** What it has printed. */
    List<String> printed();

    /** How its end is told. */
    interface Watch {
        /** It has ended by itself with this status; called in a step. */
        void exited(int status);
    }
}
