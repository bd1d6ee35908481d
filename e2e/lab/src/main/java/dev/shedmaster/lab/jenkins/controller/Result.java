package dev.shedmaster.lab.jenkins.controller;

/** How a build ended. */
public enum Result {
    SUCCESS,
    FAILURE,
    ABORTED;

    /** The worse of two. */
    Result and(Result other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
