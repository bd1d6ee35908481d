package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;

/**
 * The controller's own times and sizes.
 *
 * @param builtInExecutors how many builds the built-in node runs at once
 * @param quietPeriod how long a job waits after it was asked for
 * @param maintainInterval the pause between two reviews of the queue; events bring one at once
 * @param lostAgentTimeout how long a Pipeline's step waits for an agent that is gone, and after a restart for an executor
 *     of its node
 * @param pingInterval how often agents are asked for a sign of life; they give a controller up that says nothing for two
 *     minutes
 * @param deadAfter when an agent that gives none is taken for dead
 * @param loadClock the tick of the load statistics
 */
public record Settings(
        int builtInExecutors,
        Duration quietPeriod,
        Duration maintainInterval,
        Duration lostAgentTimeout,
        Duration pingInterval,
        Duration deadAfter,
        Duration loadClock) {

    /** What a controller has out of the box, without executors of its own. */
    public static Settings usual() {
        return new Settings(
                0,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                Duration.ofMinutes(4),
                Duration.ofSeconds(10));
    }

    public Settings withQuietPeriod(Duration changed) {
        return new Settings(
                builtInExecutors, changed, maintainInterval, lostAgentTimeout, pingInterval, deadAfter, loadClock);
    }

    public Settings withLostAgentTimeout(Duration changed) {
        return new Settings(
                builtInExecutors, quietPeriod, maintainInterval, changed, pingInterval, deadAfter, loadClock);
    }

    public Settings withDeadAfter(Duration changed) {
        return new Settings(
                builtInExecutors, quietPeriod, maintainInterval, lostAgentTimeout, pingInterval, changed, loadClock);
    }
}
