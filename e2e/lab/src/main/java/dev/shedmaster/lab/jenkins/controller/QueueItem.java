package dev.shedmaster.lab.jenkins.controller;

import org.jspecify.annotations.Nullable;

/** An item in one of the states that it passes through; the next state is a new object. */
public sealed interface QueueItem {

    QueueEntry entry();

    default long id() {
        return entry().id();
    }

    default Task task() {
        return entry().task();
    }

    /** In its quiet period until the timestamp. */
    record Waiting(QueueEntry entry, long timestamp) implements QueueItem {}

    /**
     * Held back by something that no executor would change.
     *
     * @param key what must be released first
     */
    record Blocked(QueueEntry entry, long buildableSince, String key) implements QueueItem {}

    /**
     * Needs an executor, or has been given one that has not begun.
     *
     * @param order older ones go first
     */
    record Buildable(QueueEntry entry, long buildableSince, boolean pending, long order) implements QueueItem {}

    /** Is in the queue no more. */
    record Left(
            QueueEntry entry, boolean cancelled, @Nullable Build executable, long leftAt) implements QueueItem {}
}
