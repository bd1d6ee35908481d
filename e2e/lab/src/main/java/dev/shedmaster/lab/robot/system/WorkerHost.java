package dev.shedmaster.lab.robot.system;

import java.util.List;

/** What runs workers in a system, for who looks behind the protocol. Safe for many threads. */
public interface WorkerHost {
    /** Those that run, or have ended and were not removed. */
    List<Worker> workers();

    /** Ends a worker as if its processes had been killed; false if none of that name runs. */
    boolean kill(String worker);

    /**
     * Has a worker use this much memory from now on, which kills it if that is more than it may, or another if the server has not
     * so much; false if none of that name runs.
     */
    boolean useMemory(String worker, long bytes);

    /**
     * A worker.
     *
     * @param state systemd's word for it; empty once it has ended
     * @param memoryLimit what it may use, in bytes
     * @param memory what it uses, in bytes
     * @param cpuPercent what it may use, of one CPU
     */
    record Worker(String name, String state, long memoryLimit, long memory, int cpuPercent) {}
}
