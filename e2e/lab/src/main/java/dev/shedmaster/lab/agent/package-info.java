/** The program that runs on a worker and takes builds: what {@code agent.jar} is on a real machine. */
@NullMarked
package dev.shedmaster.lab.agent;

import org.jspecify.annotations.NullMarked;
