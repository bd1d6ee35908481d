package dev.shedmaster.lab.jenkins.controller;

import java.time.Duration;

/**
 * What an executor is kept busy with.
 *
 * @param duration for how long
 * @param result how it ends if nothing comes between
 */
public record Work(Duration duration, Result result) {

    static final Work NOTHING = new Work(Duration.ZERO, Result.SUCCESS);

    Work then(Work next) {
        return result == Result.SUCCESS ? new Work(duration.plus(next.duration), next.result) : this;
    }

    Work beside(Work other) {
        Duration longer = duration.compareTo(other.duration) >= 0 ? duration : other.duration;
        return new Work(longer, result.and(other.result));
    }
}
