package dev.shedmaster.core.planning;

import java.time.Duration;

/** Why a worker goes. */
public sealed interface Departure extends Reason {

    /** It waited long enough for a job. */
    record IdleTooLong(Duration idle, Duration timeout) implements Departure {
        @Override
        public String text() {
            return "idle for " + Words.time(idle) + ", allowed are " + Words.time(timeout);
        }
    }

    /** The pool has more workers than it may. */
    record AboveMaximum(int workers, int max) implements Departure {
        @Override
        public String text() {
            return "the pool has " + Words.count(workers, "worker") + " and may have " + max;
        }
    }

    /** The pool's template has changed since it was made. */
    record Outdated(String madeFrom, String template) implements Departure {
        @Override
        public String text() {
            return "made from template " + madeFrom + ", the pool's is " + template + " now";
        }
    }

    /** Its host is to be taken out of service. */
    record HostDrains(String host) implements Departure {
        @Override
        public String text() {
            return "its host " + host + " is being drained";
        }
    }

    /** The pool is being deleted. */
    record PoolCloses(String pool) implements Departure {
        @Override
        public String text() {
            return "pool " + pool + " is being deleted";
        }
    }

    /** Its CI system does not answer, and no provider is known to have accepted its machine. */
    record SourceSilent(String source) implements Departure {
        @Override
        public String text() {
            return "no machine is known to be accepted for it, and " + source
                    + " does not answer, without which none is asked for: a job that still waits when it does gets another worker";
        }
    }

    /** Its CI system answers and has not registered it in time, nor others of its pool, of which one tries on. */
    record OneTriesOn(String source) implements Departure {
        @Override
        public String text() {
            return "no machine is known to be accepted for it, and " + source
                    + " has not registered it in time: another worker of its pool tries on for all";
        }
    }

    /** A failed worker that was kept for a person has to make room. */
    record GivesWay(String toPool, String constraint) implements Departure {
        @Override
        public String text() {
            return "failed, and a queued job of pool " + toPool + " needs its place: " + constraint;
        }
    }

    /** An idle worker makes room for another pool's queued job in the same account. */
    record Reclaimed(String byPool, String place, Duration idle) implements Departure {
        @Override
        public String text() {
            return "idle for " + Words.time(idle) + " while a queued job of pool " + byPool + " needs room " + place;
        }
    }
}
