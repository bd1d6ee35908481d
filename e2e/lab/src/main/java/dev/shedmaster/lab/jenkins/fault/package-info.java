/** What can be made to go wrong. What a restart of the controller does to builds is told at {@link Fault.Restart}. */
@NullMarked
package dev.shedmaster.lab.jenkins.fault;

import org.jspecify.annotations.NullMarked;
