/** What can be made to go wrong, and the board on which it is switched on. */
@NullMarked
package dev.shedmaster.lab.robot.fault;

import org.jspecify.annotations.NullMarked;
