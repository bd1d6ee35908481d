package dev.shedmaster.core.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a host that has work ahead may do now. */
public sealed interface Turn {

    /** A sentence for a person, without a full stop. */
    String text();

    /** It may be taken out of service: no more workers, and its jobs may end. */
    record TakeOut() implements Turn {
        @Override
        public String text() {
            return "is taken out of service now";
        }
    }

    /** It is out and empty: the work may begin. */
    record Begin() implements Turn {
        @Override
        public String text() {
            return "is worked on now";
        }
    }

    /** It is out, and its work would not begin in time or should not: it serves again meanwhile. */
    record GiveBack(Wait why) implements Turn {
        @Override
        public String text() {
            return "serves again: " + why.text();
        }
    }

    /** It is not its turn. */
    sealed interface Wait extends Turn {}

    /**
     * None of its windows is open for long enough.
     *
     * @param next when one opens that is; null if none is known
     * @param work how long it must stay open
     */
    record OutsideWindow(@Nullable Instant next, Duration work) implements Wait {
        @Override
        public String text() {
            return next == null
                    ? "no maintenance window of " + work.toMinutes() + " min is ahead (spec.maintenance.windows)"
                    : "waits for its maintenance window at " + next;
        }
    }

    /** Others do not serve: what they lack might come from the last work, and their jobs need a place. */
    record OthersNotReady(List<String> hosts) implements Wait {
        public OthersNotReady {
            hosts = List.copyOf(hosts);
        }

        @Override
        public String text() {
            return "waits until " + String.join(", ", hosts) + (hosts.size() == 1 ? " is" : " are") + " ready";
        }
    }

    /** As many are out as may be. */
    record OthersOut(List<String> hosts, int atOnce) implements Wait {
        public OthersOut {
            hosts = List.copyOf(hosts);
        }

        @Override
        public String text() {
            return "waits for " + String.join(", ", hosts) + ": no more than " + atOnce
                    + " may be out of service at a time";
        }
    }

    /** Hosts with fewer jobs, or before it by name, are taken out by the same decision. */
    record OthersFirst(List<String> hosts, int jobs) implements Wait {
        public OthersFirst {
            hosts = List.copyOf(hosts);
        }

        @Override
        public String text() {
            return "waits for " + String.join(", ", hosts) + ", taken out first: "
                    + (jobs == 1 ? "1 job runs here" : jobs + " jobs run here");
        }
    }

    /** It is out, and must not be touched while a job runs. */
    record JobsRun(int jobs) implements Wait {
        @Override
        public String text() {
            return "waits for the end of " + (jobs == 1 ? "1 job" : jobs + " jobs");
        }
    }
}
