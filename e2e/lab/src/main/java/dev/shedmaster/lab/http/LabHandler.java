package dev.shedmaster.lab.http;

/** Answers requests. Each is called on a virtual thread of its own and may wait. */
@FunctionalInterface
public interface LabHandler {
    LabAnswer handle(LabRequest request);
}
