package dev.shedmaster.lab.jenkins.controller;

/** Which work a node takes. */
public enum Mode {
    /** Everything that its labels allow, and jobs that ask for no label. */
    NORMAL,
    /** Only jobs that ask for one of its labels. */
    EXCLUSIVE
}
