package dev.shedmaster.port;

import dev.shedmaster.core.stock.StoredImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server of our own says of itself and of the workers on it.
 *
 * @param observedAt when it was asked, by our clock
 * @param bootId another one after each boot, of which no worker is left
 * @param programIsCurrent whether the program that answered is the one that we would install
 * @param uptime since its boot
 * @param clockOffset by how much its clock is ahead of ours, give or take the time that the answer took
 * @param isClockSynchronised as it says itself; null if it does not say
 * @param architecture {@code arm64} or {@code amd64}; what it is called there, if it is neither
 * @param cpus how many it has
 * @param memoryBytes how much it has
 * @param freeMemoryBytes how much of that could be had without swapping
 * @param scratchBytes how large the file system is that workers' disks are on
 * @param freeScratchBytes how much of that is free
 * @param units the workers, those included that have ended and were not stopped
 * @param images what workers there can run; null if it does not say
 */
public record HostReport(
        Instant observedAt,
        String bootId,
        boolean programIsCurrent,
        Duration uptime,
        Duration clockOffset,
        @Nullable Boolean isClockSynchronised,
        String architecture,
        int cpus,
        long memoryBytes,
        long freeMemoryBytes,
        long scratchBytes,
        long freeScratchBytes,
        List<HostUnit> units,
        @Nullable List<StoredImage> images) {
    public HostReport {
        units = List.copyOf(units);
        images = images == null ? null : List.copyOf(images);
    }

    /**
     * One worker on a server.
     *
     * @param name the worker's
     * @param owner whose it is; null for a unit of a worker's name of which nothing else is known
     * @param phase how far it is
     * @param ending how it ended, where {@code phase} is ENDED; null otherwise
     * @param startedAt by the server's clock; null where {@code owner} is
     * @param memoryBytes what it uses now; null if it does not run or that is not counted there
     */
    public record HostUnit(
            String name,
            @Nullable MachineOwner owner,
            Phase phase,
            @Nullable Ending ending,
            @Nullable Instant startedAt,
            @Nullable Long memoryBytes) {}

    /** CUT_OFF: its start did not come to its end, and nothing of it runs; it may be ordered again or stopped. */
    public enum Phase {
        STARTING,
        RUNNING,
        STOPPING,
        ENDED,
        CUT_OFF
    }

    /**
     * How a worker ended by itself.
     *
     * @param result {@code success} or in one word why not, as systemd has it: {@code exit-code}, {@code oom-kill},
     *     {@code signal}
     * @param code {@code exited}, {@code killed} or {@code dumped}
     * @param status the exit status, or the name of the signal that killed it
     * @param at by the server's clock
     */
    public record Ending(String result, String code, String status, Instant at) {}
}
