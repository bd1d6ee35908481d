package dev.shedmaster.kube.feed;

import dev.shedmaster.port.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A good answer holds for a while, so that it may be asked for often; a bad one is asked for anew each time. */
public final class HeldAnswer<T> {
    private record Held<T>(Outcome<T> answer, Instant at) {}

    private final Supplier<Outcome<T>> question;
    private final Predicate<T> good;
    private final Duration holds;
    private final InstantSource clock;
    private volatile @Nullable Held<T> held;

    public HeldAnswer(Supplier<Outcome<T>> question, Predicate<T> good, Duration holds, InstantSource clock) {
        this.question = question;
        this.good = good;
        this.holds = holds;
        this.clock = clock;
    }

    public Outcome<T> get() {
        Held<T> known = held;
        if (known != null && known.at.plus(holds).isAfter(clock.instant())) {
            return known.answer;
        }
        Outcome<T> answer = question.get();
        boolean isGood = answer instanceof Outcome.Done<T> done && good.test(done.value());
        held = isGood ? new Held<>(answer, clock.instant()) : null;
        return answer;
    }

    /**
     * As {@link #forget}, but an answer that is younger than this stays: what casts doubt on it may happen often.
     *
     * @return whether an answer was forgotten
     */
    public boolean forgetIfOlder(Duration age) {
        Held<T> known = held;
        boolean old = known != null && !known.at.plus(age).isAfter(clock.instant());
        if (old) {
            held = null;
        }
        return old;
    }

    /** Something has happened since that makes the answer doubtful. */
    public void forget() {
        held = null;
    }
}
