package dev.shedmaster.lab.guest;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** What a person would see on the machine's serial console. Safe for many threads. */
public final class BootLog {
    private static final int MAX_LINES = 1000;

    private final InstantSource clock;
    private final List<String> lines = new ArrayList<>();

    BootLog(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void say(String program, String message) {
        if (lines.size() < MAX_LINES) {
            lines.add(clock.instant() + " " + program + ": " + message);
        }
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
