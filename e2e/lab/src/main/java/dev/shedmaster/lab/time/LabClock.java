package dev.shedmaster.lab.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The time in which the stand-in lives. Everything that waits or expires in it asks this clock and no other. */
public interface LabClock extends InstantSource, AutoCloseable {

    /**
     * Runs a task once, {@code delay} of lab time from now; a delay of zero or less runs it as soon as possible. Tasks that are due at the same
     * moment run in the order in which they were planned.
     */
    Cancellable schedule(Duration delay, Runnable task);

    /**
     * How long a client, who lives in real time, must wait until this much lab time has passed. It is what {@code Retry-After} and
     * {@code expires_in} have to say.
     */
    Duration forClients(Duration labTime);

    /** {@link #forClients} in whole seconds as headers carry them, rounded up so that a client that obeys is never early. */
    default long clientSeconds(Duration labTime) {
        Duration real = forClients(labTime);
        return real.isPositive() ? (real.toMillis() + 999) / 1000 : 0;
    }

    default Instant now() {
        return instant();
    }

    @Override
    void close();
}
