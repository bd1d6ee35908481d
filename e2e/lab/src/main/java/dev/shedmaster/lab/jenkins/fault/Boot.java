package dev.shedmaster.lab.jenkins.fault;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** One start of the controller: its session, and whether it is ready yet. */
public final class Boot {
    private final InstantSource clock;
    private final RandomGenerator random;
    private volatile String session;
    private volatile long readyAt;

    public Boot(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        session = newSession();
    }

    /** Eight hexadecimal digits, others after each restart. */
    public String session() {
        return session;
    }

    public boolean isReady() {
        return clock.millis() >= readyAt;
    }

    void restart(Duration outage) {
        session = newSession();
        readyAt = clock.millis() + outage.toMillis();
    }

    private String newSession() {
        return HexFormat.of().toHexDigits(random.nextInt());
    }
}
