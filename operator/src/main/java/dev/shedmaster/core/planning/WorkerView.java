package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A worker as it is. Every worker that the operator has decided on must be here, also one whose record was written a
 * moment ago: what is not here is planned again.
 *
 * @param name unique in the whole fleet: {@code namespace/name}
 * @param pool the pool that it belongs to
 * @param stage how far it is
 * @param offering what it is made of; for a requested one, what was decided for it
 * @param slots how many jobs it can run at a time
 * @param busySlots how many of these no job can have: one runs there, or the worker takes no further job
 * @param createdAt when it was decided on
 * @param stageSince since when it is in this stage
 * @param jobsDone how many jobs it has finished
 * @param templateHash what it was made from
 * @param labels what jobs can ask of it, as its registration says; null as long as none is seen: it gets its pool's
 * @param overdue how it waits although its machine should have been accepted by now; null if it is in time
 */
public record WorkerView(
        String name,
        String pool,
        Stage stage,
        Offering offering,
        int slots,
        int busySlots,
        Instant createdAt,
        Instant stageSince,
        int jobsDone,
        String templateHash,
        @Nullable Set<String> labels,
        @Nullable Overdue overdue) {

    /**
     * A wait for its machine to be accepted that has lasted too long, without a refusal that would have ended it.
     *
     * @param unregistered whether its CI system answers and does not register it; if not, it waits for its turn among our own calls
     * @param why what it waits for, for a person
     */
    public record Overdue(boolean unregistered, String why) {}
}
