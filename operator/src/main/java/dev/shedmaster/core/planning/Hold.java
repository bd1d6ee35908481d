package dev.shedmaster.core.planning;

import dev.shedmaster.core.slot.NoRoom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why something is not done that otherwise would be: for a waiting job, the constraint that binds. */
public sealed interface Hold extends Reason {

    /** Keeps a pool from the size that it should have. */
    sealed interface Hindrance extends Hold {}

    /** Keeps idle workers for as long as settings and demand are as they are. */
    sealed interface Keeping extends Hold {}

    /** Passes by itself and hinders nobody. */
    sealed interface Pause extends Hold {}

    /** The pool itself cannot work until a person changes something. */
    record Blocked(String pool, String blocker) implements Hindrance {
        @Override
        public String text() {
            return "pool " + pool + " cannot work: " + blocker;
        }
    }

    /** The pool is on its way out. */
    record Closing(String pool, int busy) implements Hindrance {
        @Override
        public String text() {
            return "pool " + pool + " is being deleted: idle workers go now"
                    + (busy == 0 ? "" : ", " + busy + " busy when done");
        }
    }

    /**
     * Every place of the pool is taken, or it has none.
     *
     * @param maxNote which schedule sets the maximum and until when; null if none does
     */
    record AtMaximum(String pool, int max, @Nullable String maxNote, int live, int failed, int leaving)
            implements Hindrance {
        @Override
        public String text() {
            String by = maxNote == null ? "" : " by " + maxNote;
            return max == 0
                    ? "pool " + pool + " is paused: its maximum is 0" + by
                    : "pool " + pool + " is at its maximum of " + Words.count(max, "worker") + by + " (" + live
                            + " live" + (failed == 0 ? "" : ", " + failed + " failed")
                            + (leaving == 0 ? "" : ", " + leaving + " leaving") + ")";
        }
    }

    /** Its accounts show more machines of the pool than it may have: workers account for some of them only. */
    record MachinesBeyondMaximum(String pool, int machines, int max) implements Hindrance {
        @Override
        public String text() {
            return "the accounts of pool " + pool + " show " + Words.count(machines, "machine")
                    + " of it, its maximum is " + max
                    + ": none is made until those that no worker accounts for are gone";
        }
    }

    /** Too many workers of the pool failed in a row. */
    record BootFailures(
            String pool,
            int failures,
            Instant until,
            @Nullable String lastWhy) implements Hindrance {
        @Override
        public String text() {
            return Words.count(failures, "worker") + " of pool " + pool + " failed in a row, pausing until "
                    + Words.instant(until) + (lastWhy == null ? "" : ": " + lastWhy);
        }
    }

    /**
     * Workers wait for longer than a machine may take to be accepted, and none was refused: for the CI system to register them, or
     * for their turn among our own calls.
     *
     * @param why what one of them waits for, as its status says
     */
    record Overdue(String pool, int workers, String why) implements Hindrance {
        @Override
        public String text() {
            return Words.count(workers, "worker") + " of pool " + pool
                    + (workers == 1 ? " is" : " are") + " late (lifecycle.createTimeout): "
                    + (workers == 1 ? "it " : "one ") + why;
        }
    }

    /** After failures one worker is tried, and how it fares is awaited. */
    record TrialRuns(String pool, int failures, @Nullable String lastWhy) implements Hindrance {
        @Override
        public String text() {
            return Words.count(failures, "worker") + " of pool " + pool + " failed in a row, one is tried first"
                    + (lastWhy == null ? "" : ": " + lastWhy);
        }
    }

    /** Enough of the pool's workers are on their way up. */
    record InFlightFull(String pool, int inFlight, int limit) implements Hindrance {
        @Override
        public String text() {
            return Words.count(inFlight, "worker") + " of pool " + pool + (inFlight == 1 ? " is" : " are")
                    + " starting, no more than " + limit + " may at a time";
        }
    }

    /** There is no way to get a machine. */
    record NoOfferings(String pool) implements Hindrance {
        @Override
        public String text() {
            return "pool " + pool + " names no way to get a machine";
        }
    }

    /** Each of the pool's offerings is held by something: any of them let go would do. */
    record NothingFits(String pool, List<Hold> perOffering) implements Hindrance {
        @Override
        public String text() {
            StringBuilder text = new StringBuilder("none of pool " + pool + "'s offerings can be had");
            String between = ": ";
            for (Hold hold : perOffering) {
                text.append(between).append(hold.text());
                between = "; ";
            }
            return text.toString();
        }
    }

    /** A provider refused it lately. */
    record Refused(String offering, Instant until, String why) implements Hindrance {
        @Override
        public String text() {
            return offering + " is skipped until " + Words.instant(until) + ": " + why;
        }
    }

    /** The account serves nobody: its credential is refused, it lacks a right, or it wants to be left alone. */
    record AccountRefuses(String account, Instant until, String why) implements Hindrance {
        @Override
        public String text() {
            return "account " + account + " takes no orders: " + why;
        }
    }

    record AccountWorkersFull(String account, int used, int limit) implements Hindrance {
        @Override
        public String text() {
            return "account " + account + " has " + used + " of " + Words.count(limit, "worker");
        }
    }

    record AccountVcpusFull(String account, int used, int limit, int needed) implements Hindrance {
        @Override
        public String text() {
            return "account " + account + " has " + used + " of " + limit + " vCPUs in use, the machine takes "
                    + needed;
        }
    }

    /**
     * None of the hosts that a placement selects has room for one more worker, or takes one now.
     *
     * @param why what is in the way on those that come into question
     * @param skipped why others of them are passed over
     */
    record HostsFull(String placement, NoRoom why, List<Hold> skipped) implements Hindrance {
        @Override
        public String text() {
            List<String> parts = new ArrayList<>();
            if (!why.need().hosts().isEmpty()) {
                parts.add(why.text());
            }
            skipped.forEach(hold -> parts.add(hold.text()));
            return "placement " + placement + ": " + String.join("; ", parts);
        }
    }

    /** None of the hosts that a placement selects can ever take a worker of the pool, as they and the pool are. */
    record HostsUnfit(String placement, NoRoom why) implements Hindrance {
        @Override
        public String text() {
            return "placement " + placement + ": " + why.text() + ": " + why.remedy();
        }
    }

    record CreationRate(String account, int lastMinute, int limit) implements Hindrance {
        @Override
        public String text() {
            return "account " + account + " was asked for " + Words.count(lastMinute, "worker")
                    + " within a minute, allowed " + (limit == 1 ? "is " : "are ") + limit;
        }
    }

    record HardBudget(String pool, double perHour, double price, double limit, String currency) implements Hindrance {
        @Override
        public String text() {
            return "pool " + pool + " costs " + Words.money(perHour, currency) + " an hour, the machine "
                    + Words.money(price, currency) + " more, and its hard budget is " + Words.money(limit, currency);
        }
    }

    record SoftBudget(String pool, double perHour, double price, double limit, String currency) implements Hindrance {
        @Override
        public String text() {
            return "pool " + pool + " costs " + Words.money(perHour, currency) + " an hour, the machine "
                    + Words.money(price, currency) + " more, and beyond its soft budget of "
                    + Words.money(limit, currency) + " it gets only spot machines, for queued jobs";
        }
    }

    /** A hard budget holds back what it cannot count. */
    record UnknownPrice(String account, String offering) implements Hindrance {
        @Override
        public String text() {
            return "what " + offering + " of account " + account
                    + " costs is not known, and a hard budget makes nothing"
                    + " that it cannot count: set its price in spec.prices of the account";
        }
    }

    record OtherCurrency(String account, String currency, String budgetCurrency) implements Hindrance {
        @Override
        public String text() {
            return "account " + account + " has its prices in " + currency + " and the pool its budget in "
                    + budgetCurrency + ": give both the same currency";
        }
    }

    /** The jobs feed is too old to be sure that nothing has changed. */
    record SourceStale(String source, @Nullable Instant lastRead) implements Hindrance {
        @Override
        public String text() {
            return "the queue of " + source
                    + (lastRead == null
                            ? " has not been read yet: until it is"
                            : " was last read at " + Words.instant(lastRead) + ": until it is again")
                    + ", no worker is made, and none that has a machine is removed";
        }
    }

    /** A worker left a moment ago. */
    record JustLeft(String pool, Instant until) implements Pause {
        @Override
        public String text() {
            return "a worker of pool " + pool + " has just left, none is made ahead of demand until "
                    + Words.instant(until);
        }
    }

    /** Workers that shall go stay a moment, to be sure of it. */
    record Revalidating(int workers, Instant until) implements Pause {
        @Override
        public String text() {
            return Words.count(workers, "worker") + " shall go, to be confirmed at " + Words.instant(until);
        }
    }

    /** The source answers late, so that few go at a time. */
    record FewAtATime(String source, int waiting, int leaving) implements Pause {
        @Override
        public String text() {
            return Words.count(waiting, "worker") + " more shall go, few at a time since the queue of " + source
                    + " answers late (" + leaving + " leaving)";
        }
    }

    /**
     * Idle longer than allowed, kept all the same.
     *
     * @param scheduleNote which schedule sets the minimum and until when; null if none does
     */
    record KeptForMinimum(
            int workers, int minimum, @Nullable String scheduleNote) implements Keeping {
        @Override
        public String text() {
            return Words.count(workers, "idle worker") + " stay" + (workers == 1 ? "s" : "") + " for the minimum of "
                    + minimum + (scheduleNote == null ? "" : " (" + scheduleNote + ")");
        }
    }

    record KeptAhead(int workers, int announced, int buffer, String basis) implements Keeping {
        @Override
        public String text() {
            return Words.count(workers, "idle worker") + " stay" + (workers == 1 ? "s" : "") + " for "
                    + Words.count(announced, "announced job") + " and a buffer of " + buffer
                    + (basis.isEmpty() ? "" : " (" + basis + ")");
        }
    }

    /** Idle longer than allowed, kept for jobs that the source has not handed over yet although they could take them. */
    record KeptForQueuedJobs(int workers, String source, Duration timeout) implements Keeping {
        @Override
        public String text() {
            return Words.count(workers, "idle worker") + " stay" + (workers == 1 ? "s" : "") + " beyond "
                    + (workers == 1 ? "its" : "their") + " idle timeout of " + Words.time(timeout)
                    + " for queued jobs that " + source + " has not handed over";
        }
    }

    /** Idle, and not yet for long enough. */
    record MayStillGetWork(int workers, Instant firstGoes) implements Pause {
        @Override
        public String text() {
            return Words.count(workers, "idle worker") + " may still get a job, the first goes at "
                    + Words.instant(firstGoes);
        }
    }
}
