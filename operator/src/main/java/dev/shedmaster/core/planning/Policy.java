package dev.shedmaster.core.planning;

import java.time.Duration;

/**
 * The rule's constants. A user sets none of them; each has the reason for its value beside it.
 *
 * @param batch how long wishes to plan are gathered before a plan is made. 1 s: a fan-out of jobs arrives within it, and
 *     nobody notices it against a machine's boot
 * @param lateAfter age of a source's reading from which few workers at a time may go. 60 s: a queue is read every
 *     3 s at rest, and at least every 30 s however a user sets that
 * @param staleAfter age from which no idle worker may go and none is made (ADR 11). 2 min: a controller's restart takes longer, a
 *     slow answer does not
 * @param ageingStep how long a job must wait for its pool to rise by {@code ageingPoints}. 15 min: about a job's length
 * @param ageingPoints how far the pool rises. 10 of the usual 100 between two pools' priorities: after two and a half
 *     hours the lesser pool takes part in what the greater one gets
 * @param failureThreshold after how many failures in a row a pool pauses. 3: two can be chance
 * @param firstBackOff how long it pauses then; doubled with each further failure. 10 s
 * @param longestBackOff at most this long. 10 min: a repaired image is noticed before the person who repaired it leaves
 * @param creationsPerMinute how many workers one account may be asked for within a minute. 10,000: the burst that must
 *     pass unhindered; beyond it something runs wild. A provider's own rate is kept by its adapter
 * @param inFlightPerPool how many workers of one pool may be on their way up. 10,000, for the same reason
 * @param overshootPart by which part of its maximum the machines that a pool's accounts show may exceed it, rounded up. 0.1:
 *     lists are read page by page while machines come and go
 * @param drainShare which part of a pool may be leaving while its source is late. 0.2
 * @param drainWorkers and how many at most. 5
 * @param revalidation how long the wish to remove more than one worker of a pool must last. 15 s: several
 *     readings say the same
 * @param reclaimIdle how long a worker must have been idle before it gives way to another pool's job. 30 s: the job that
 *     it waited for would have taken it
 * @param antiFlapPart within this part of the idle timeout after a worker left, none is made ahead of demand. 0.5
 * @param probeEvery how often an offering that was refused is tried all the same when a job waits and nothing else is
 *     left. 10 min: capacity comes back long before a refusal of an hour has passed
 * @param waitingShown how many waiting jobs a pool's plan explains one by one. 10: a status is read by people
 */
public record Policy(
        Duration batch,
        Duration lateAfter,
        Duration staleAfter,
        Duration ageingStep,
        int ageingPoints,
        int failureThreshold,
        Duration firstBackOff,
        Duration longestBackOff,
        int creationsPerMinute,
        int inFlightPerPool,
        double overshootPart,
        double drainShare,
        int drainWorkers,
        Duration revalidation,
        Duration reclaimIdle,
        double antiFlapPart,
        Duration probeEvery,
        int waitingShown) {

    public static final Policy DEFAULT = new Policy(
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofMinutes(2),
            Duration.ofMinutes(15),
            10,
            3,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            10_000,
            10_000,
            0.1,
            0.2,
            5,
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            0.5,
            Duration.ofMinutes(10),
            10);

    /** The same policy, that explains every waiting job. */
    public Policy explainingAll() {
        return new Policy(
                batch,
                lateAfter,
                staleAfter,
                ageingStep,
                ageingPoints,
                failureThreshold,
                firstBackOff,
                longestBackOff,
                creationsPerMinute,
                inFlightPerPool,
                overshootPart,
                drainShare,
                drainWorkers,
                revalidation,
                reclaimIdle,
                antiFlapPart,
                probeEvery,
                Integer.MAX_VALUE);
    }
}
