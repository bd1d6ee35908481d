package dev.shedmaster.machine.azure;

import dev.shedmaster.http.ApiAnswer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls to one account through at the pace that Azure grants. Deletions go before creations and creations before
 * readings, but whoever has waited for {@link #AGEING} goes first, so that a stream of urgent calls starves nobody. A
 * waiting virtual thread is parked, not running.
 */
final class RequestBudget implements AutoCloseable {
    /** How urgent a call is, the most urgent first. */
    enum Urgency {
        DELETE,
        CREATE,
        READ
    }

    /** Whether a call may be made. */
    sealed interface Admission {
        /** It may; close it when the call has ended. */
        final class Permit implements Admission, AutoCloseable {
            private final RequestBudget budget;

            Permit(RequestBudget budget) {
                this.budget = budget;
            }

            @Override
            public void close() {
                budget.release();
            }
        }

        /**
         * It may not, within the caller's patience.
         *
         * @param retryAfter when there should be room for it
         * @param byAzure whether it is Azure that wants no calls of this kind now; else other calls of ours come first
         */
        record Refused(Duration retryAfter, boolean byAzure) implements Admission {}
    }

    static final Duration AGEING = Duration.ofSeconds(3);

    /** A first waiter looks again at least this often, whatever it was told about tokens. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    /** Azure answers within some hundred milliseconds. */
    private static final Duration STUCK_AFTER = Duration.ofSeconds(2);

    /** While Azure answers none of the calls under way, no more than these wait in a line; others come again later. */
    private static final int MOST_BEHIND_STUCK_CALLS = 16;

    private static final Duration COME_AGAIN = Duration.ofSeconds(5);

    private record Line(Urgency urgency, RequestKind kind) {}

    private static final class Waiter {
        final long number;
        final Instant since;
        final Condition turn;
        boolean granted;

        Waiter(long number, Instant since, Condition turn) {
            this.number = number;
            this.since = since;
            this.turn = turn;
        }
    }

    private final InstantSource clock;
    private final MeterRegistry meters;
    private final String account;
    private final RequestRates rates;
    private final ReentrantLock lock = new ReentrantLock();
    private final TokenBuckets buckets;
    private final Map<Line, Deque<Waiter>> lines = new LinkedHashMap<>();
    private final Map<Line, Appointments> appointments = new LinkedHashMap<>();
    private final Gauge waitingGauge;
    private @Nullable Instant fullSince;
    private long arrivals;
    private int underWay;

    RequestBudget(RequestRates rates, String account, InstantSource clock, MeterRegistry meters) {
        this.clock = clock;
        this.meters = meters;
        this.account = account;
        this.rates = rates;
        this.buckets = new TokenBuckets(rates, clock.instant());
        for (Urgency urgency : Urgency.values()) {
            for (RequestKind kind : RequestKind.values()) {
                Line line = new Line(urgency, kind);
                lines.put(line, new ArrayDeque<>());
                appointments.put(line, new Appointments());
            }
        }
        // When a credential changes, the next connection is opened before the former is closed.
        shownNow().ifPresent(meters::remove);
        this.waitingGauge = Gauge.builder("shedmaster.azure.requests.waiting", this, RequestBudget::waiting)
                .description("Calls that wait for the request budget")
                .tag("account", account)
                .register(meters);
    }

    /** Two gauges of one name and account are equal. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isOwn(Gauge shown) {
        return shown == waitingGauge;
    }

    private Optional<Gauge> shownNow() {
        return Optional.ofNullable(meters.find("shedmaster.azure.requests.waiting")
                .tag("account", account)
                .gauge());
    }

    /**
     * Waits for a turn, at most as long as {@code patience}. Where others who wait make that hopeless, the caller is
     * refused at once and told when to come again, so that a long line holds up nobody's other work.
     *
     * @param caller by which it is known again when it comes at its time
     */
    Admission acquire(RequestKind kind, Urgency urgency, Duration patience, String caller) {
        Instant arrived = clock.instant();
        Admission admission = admit(new Line(urgency, kind), caller, arrived, arrived.plus(patience));
        Timer.builder("shedmaster.azure.requests.wait")
                .description("How long calls waited for the request budget")
                .tag("account", account)
                .tag("urgency", urgency.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(Duration.between(arrived, clock.instant()));
        return admission;
    }

    private Admission admit(Line line, String caller, Instant arrived, Instant deadline) {
        lock.lock();
        try {
            if (isStuck(arrived) && queue(line).size() >= MOST_BEHIND_STUCK_CALLS) {
                return new Admission.Refused(COME_AGAIN, buckets.isPaused(line.kind(), arrived));
            }
            if (!appointments(line).keeps(caller, arrived)
                    && expectedTurn(line, arrived).isAfter(deadline)) {
                return refused(line, caller, arrived);
            }
            Deque<Waiter> queue = queue(line);
            Waiter waiter = new Waiter(arrivals++, arrived, lock.newCondition());
            queue.addLast(waiter);
            grant(arrived);
            while (!waiter.granted) {
                Instant now = clock.instant();
                Instant ready = buckets.readyAt(line.kind(), 1, now);
                if (!now.isBefore(deadline) || ready.isAfter(deadline)) {
                    leave(queue, waiter);
                    return refused(line, caller, now);
                }
                // Only the first in a line looks at the time; the others are woken when it is their turn to be first.
                Instant until = queue.peekFirst() == waiter ? soonest(ready, deadline, now) : deadline;
                try {
                    waiter.turn.awaitNanos(Duration.between(now, until).toNanos());
                } catch (InterruptedException e) {
                    return interrupted(queue, waiter);
                }
                grant(clock.instant());
            }
            return new Admission.Permit(this);
        } finally {
            lock.unlock();
        }
    }

    /** Whether all that may be under way is, and has been without an answer for long. */
    private boolean isStuck(Instant now) {
        return fullSince != null && !now.isBefore(fullSince.plus(STUCK_AFTER));
    }

    /**
     * When those have had their turn who are before it in its own line or have an appointment; others it overtakes once it is
     * aged.
     */
    private Instant expectedTurn(Line line, Instant now) {
        return queue(line).isEmpty() && buckets.have(line.kind(), now)
                ? now
                : buckets.readyAt(
                        line.kind(), 1 + queue(line).size() + appointments(line).promised(now), now);
    }

    private Admission refused(Line line, String caller, Instant now) {
        Instant appointment = appointments(line).make(caller, expectedTurn(line, now), now);
        return new Admission.Refused(
                atLeastASecond(Duration.between(now, appointment)), buckets.isPaused(line.kind(), now));
    }

    private Admission interrupted(Deque<Waiter> queue, Waiter waiter) {
        Thread.currentThread().interrupt();
        if (waiter.granted) {
            return new Admission.Permit(this);
        }
        leave(queue, waiter);
        return new Admission.Refused(Duration.ofSeconds(1), false);
    }

    private static Instant soonest(Instant ready, Instant deadline, Instant now) {
        Instant again = now.plus(LOOK_AGAIN);
        Instant look = ready.isAfter(now) && ready.isBefore(again) ? ready : again;
        return look.isBefore(deadline) ? look : deadline;
    }

    private void leave(Deque<Waiter> queue, Waiter waiter) {
        queue.remove(waiter);
        wakeFirst(queue);
    }

    /** Gives every turn that can be given. The order among the first of each line is: whoever waited too long, then urgency. */
    private void grant(Instant now) {
        boolean gave = true;
        while (gave && underWay < rates.concurrency()) {
            gave = false;
            Set<RequestBucket> reserved = EnumSet.noneOf(RequestBucket.class);
            for (Line line : firstsInOrder(now)) {
                Waiter first = queue(line).peekFirst();
                if (first == null) {
                    continue;
                }
                boolean aged = isAged(first, now);
                if (buckets.have(line.kind(), now)
                        && (aged || line.kind().buckets().stream().noneMatch(reserved::contains))) {
                    let(line, first, now);
                    gave = true;
                    break;
                }
                if (aged) {
                    reserved.addAll(line.kind().buckets());
                }
            }
        }
    }

    private List<Line> firstsInOrder(Instant now) {
        List<Line> occupied = new ArrayList<>();
        lines.forEach((line, queue) -> {
            if (!queue.isEmpty()) {
                occupied.add(line);
            }
        });
        occupied.sort(Comparator.<Line>comparingInt(line -> isAged(first(line), now) ? 0 : 1)
                .thenComparing(line -> isAged(first(line), now) ? Urgency.DELETE : line.urgency())
                .thenComparingLong(line -> first(line).number));
        return occupied;
    }

    private void let(Line line, Waiter waiter, Instant now) {
        Deque<Waiter> queue = queue(line);
        queue.removeFirst();
        buckets.take(line.kind(), now);
        underWay++;
        fullSince = underWay < rates.concurrency() ? null : now;
        waiter.granted = true;
        waiter.turn.signal();
        wakeFirst(queue);
    }

    private static void wakeFirst(Deque<Waiter> queue) {
        Waiter next = queue.peekFirst();
        if (next != null) {
            next.turn.signal();
        }
    }

    private void release() {
        lock.lock();
        try {
            underWay--;
            fullSince = null;
            grant(clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** Takes note of what an answer says about the requests that are left. */
    void heed(ApiAnswer answer) {
        Map<RequestBucket, Integer> left = RemainingRequests.in(answer.headers());
        if (left.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            buckets.heed(left, clock.instant());
        } finally {
            lock.unlock();
        }
    }

    /** The server has refused a call for its rate: nothing of that bucket before the time is over. */
    void pause(RequestBucket bucket, Duration pause) {
        Counter.builder("shedmaster.azure.requests.throttled")
                .description("Calls that Azure refused for their rate")
                .tag("account", account)
                .tag("bucket", bucket.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .increment();
        lock.lock();
        try {
            buckets.pause(bucket, pause, clock.instant());
            lines.values().forEach(RequestBudget::wakeFirst);
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return lines.values().stream().mapToInt(Deque::size).sum();
        } finally {
            lock.unlock();
        }
    }

    private static boolean isAged(Waiter waiter, Instant now) {
        return !now.isBefore(waiter.since.plus(AGEING));
    }

    private static Duration atLeastASecond(Duration wait) {
        return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
    }

    private Waiter first(Line line) {
        return queue(line).getFirst();
    }

    private Deque<Waiter> queue(Line line) {
        Deque<Waiter> queue = lines.get(line);
        if (queue == null) {
            throw new IllegalStateException("no line for " + line);
        }
        return queue;
    }

    private Appointments appointments(Line line) {
        Appointments found = appointments.get(line);
        if (found == null) {
            throw new IllegalStateException("no appointments for " + line);
        }
        return found;
    }

    /** Takes back what was registered, so that a successor for the same account can register its own. */
    @Override
    public void close() {
        shownNow().filter(this::isOwn).ifPresent(meters::remove);
    }
}
