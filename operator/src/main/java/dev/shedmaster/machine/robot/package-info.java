/** Dedicated servers of Hetzner, by the Robot webservice. */
@NullMarked
package dev.shedmaster.machine.robot;

import org.jspecify.annotations.NullMarked;
