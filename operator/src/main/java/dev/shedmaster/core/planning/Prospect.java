package dev.shedmaster.core.planning;

import dev.shedmaster.core.placement.Offering;

/** Which worker a waiting job can expect. */
public sealed interface Prospect extends Reason {

    /** One is free: the CI system will hand the job over. */
    record IdleWorker(String pool) implements Prospect {
        @Override
        public String text() {
            return "a free worker of pool " + pool + " is about to take it";
        }
    }

    /** One is on its way up. */
    record StartingWorker(String pool) implements Prospect {
        @Override
        public String text() {
            return "a worker of pool " + pool + " is starting";
        }
    }

    /** One is made by this very plan. {@code first} is what the first of the pool's new workers is made of. */
    record NewWorker(String pool, Offering first) implements Prospect {
        @Override
        public String text() {
            return "a worker of pool " + pool + " is being made: " + first.describe();
        }
    }
}
