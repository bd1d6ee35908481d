package dev.shedmaster.suite.run;

/**
 * What the machines cost until now, in the night's own time.
 *
 * @param machines how many there ever were
 * @param hours of all of them
 */
record Spent(int machines, int now, double hours, double dollars) {}
