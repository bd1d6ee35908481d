package dev.shedmaster.lab.jenkins.controller;

/** Who or what asked for a build. */
public sealed interface Cause {

    /** A person or a program with that person's token. */
    record ByUser(String user) implements Cause {}

    /** A matrix's build asked for its children's. */
    record ByUpstream(String job, int build) implements Cause {}
}
