package dev.shedmaster.lab.time;

/** Something that was planned and can be called off. */
@FunctionalInterface
public interface Cancellable {
    /** Calls it off. May be called again, and after it has happened: then it changes nothing. */
    void cancel();
}
