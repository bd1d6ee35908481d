/** SSH servers, one for each server that is up. */
@NullMarked
package dev.shedmaster.lab.robot.ssh;

import org.jspecify.annotations.NullMarked;
