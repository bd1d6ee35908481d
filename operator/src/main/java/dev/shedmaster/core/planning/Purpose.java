package dev.shedmaster.core.planning;

import org.jspecify.annotations.Nullable;

/** Why a worker is made. */
public sealed interface Purpose extends Reason {

    /** The pool shall have that many. */
    record ForMinimum(int minimum, @Nullable String scheduleNote) implements Purpose {
        @Override
        public String text() {
            return "for the minimum of " + minimum + (scheduleNote == null ? "" : " (" + scheduleNote + ")");
        }
    }

    /**
     * Jobs wait that no worker there is will take.
     *
     * @param jobs how many of them the pool's new workers are for
     * @param requirement what they ask for
     */
    record ForQueuedJobs(int jobs, String requirement) implements Purpose {
        @Override
        public String text() {
            return "for " + Words.count(jobs, "queued job") + " (" + requirement + ")";
        }
    }

    /** Jobs are expected. */
    record AheadOfDemand(int announced, int buffer, String basis) implements Purpose {
        @Override
        public String text() {
            return "for " + Words.count(announced, "announced job") + " and a buffer of " + buffer
                    + (basis.isEmpty() ? "" : " (" + basis + ")");
        }
    }

    /** To see whether what speaks against it still holds. */
    record Trial(Reason purpose, Reason against) implements Purpose {
        @Override
        public String text() {
            return purpose.text() + ", as a trial: " + against.text();
        }
    }
}
