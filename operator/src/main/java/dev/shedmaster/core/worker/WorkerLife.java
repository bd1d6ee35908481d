package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Offering;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a worker: enough to go on after a crash at any point.
 *
 * @param state where it is
 * @param since since when it is there
 * @param bornAt when the wish for it was recorded
 * @param offering what was asked for last, or will be asked for next; recorded before it is asked for
 * @param machineId the provider's identifier, empty until it accepted the machine
 * @param operation where the provider tells how the creation goes, empty if it did not say
 * @param jobsDone how many of its jobs were seen to end; one that begins and ends between two readings is not noticed
 * @param awaySince since when its agent, which had been connected, cannot be used; null while it can, and before it
 *     connected for the first time
 */
public record WorkerLife(
        WorkerState state,
        Instant since,
        Instant bornAt,
        Offering offering,
        String machineId,
        String operation,
        int jobsDone,
        @Nullable Instant awaySince) {

    /** A worker that has just been wished for. */
    public static WorkerLife requested(Offering offering, Instant now) {
        return new WorkerLife(new WorkerState.Requested(), now, now, offering, "", "", 0, null);
    }

    /** Whether its agent has yet to connect for the first time: one that was away registers again, and is as old as it is. */
    public boolean isStarting() {
        return awaySince == null
                && switch (state) {
                    case WorkerState.Requested r -> true;
                    case WorkerState.Creating c -> true;
                    case WorkerState.Booting b -> true;
                    case WorkerState.Registering r -> true;
                    default -> false;
                };
    }

    WorkerLife entering(WorkerState next, Instant now) {
        return new WorkerLife(next, now, bornAt, offering, machineId, operation, jobsDone, awaySince);
    }

    WorkerLife showing(WorkerState same) {
        return same.equals(state)
                ? this
                : new WorkerLife(same, since, bornAt, offering, machineId, operation, jobsDone, awaySince);
    }

    /** With that work in place of what its state tells. */
    WorkerLife running(Workload work) {
        return switch (state) {
            case WorkerState.Busy busy -> showing(new WorkerState.Busy(work));
            case WorkerState.Draining draining ->
                showing(new WorkerState.Draining(work, draining.why(), draining.silence()));
            default -> this;
        };
    }

    WorkerLife accepted(String id, String operationUrl, Instant now) {
        return new WorkerLife(new WorkerState.Booting(), now, bornAt, offering, id, operationUrl, jobsDone, awaySince);
    }

    WorkerLife asking(Offering next, Instant now) {
        return new WorkerLife(new WorkerState.Creating(), now, bornAt, next, "", "", jobsDone, awaySince);
    }

    /** Counts jobs that have ended. */
    WorkerLife counting(int ended) {
        return ended == 0
                ? this
                : new WorkerLife(state, since, bornAt, offering, machineId, operation, jobsDone + ended, awaySince);
    }

    /** Notes that the agent can be used now, or since when it no longer can. */
    WorkerLife hearing(boolean usable, Instant now) {
        return usable == (awaySince == null)
                ? this
                : new WorkerLife(state, since, bornAt, offering, machineId, operation, jobsDone, usable ? null : now);
    }
}
