package dev.shedmaster.core.worker;

import dev.shedmaster.core.placement.Offering;
import java.time.Instant;

/**
 * What is recorded of a worker: enough to go on after a crash at any point.
 *
 * @param state where it is
 * @param since since when it is there
 * @param bornAt when the wish for it was recorded
 * @param offering what was asked for last, or will be asked for next; recorded before it is asked for
 * @param machineId the provider's identifier, empty until it accepted the machine
 * @param operation where the provider tells how the creation goes, empty if it did not say
 * @param jobsDone how many jobs it has run to their end
 */
public record WorkerLife(
        WorkerState state,
        Instant since,
        Instant bornAt,
        Offering offering,
        String machineId,
        String operation,
        int jobsDone) {

    /** A worker that has just been wished for. */
    public static WorkerLife requested(Offering offering, Instant now) {
        return new WorkerLife(new WorkerState.Requested(), now, now, offering, "", "", 0);
    }

    WorkerLife entering(WorkerState next, Instant now) {
        return new WorkerLife(next, now, bornAt, offering, machineId, operation, jobsDone);
    }

    WorkerLife showing(WorkerState same) {
        return same.equals(state)
                ? this
                : new WorkerLife(same, since, bornAt, offering, machineId, operation, jobsDone);
    }

    WorkerLife accepted(String id, String operationUrl, Instant now) {
        return new WorkerLife(new WorkerState.Booting(), now, bornAt, offering, id, operationUrl, jobsDone);
    }

    WorkerLife asking(Offering next, Instant now) {
        return new WorkerLife(new WorkerState.Creating(), now, bornAt, next, "", "", jobsDone);
    }

    WorkerLife withJobDone() {
        return new WorkerLife(state, since, bornAt, offering, machineId, operation, jobsDone + 1);
    }
}
