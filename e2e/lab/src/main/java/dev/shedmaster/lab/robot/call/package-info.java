/** What can be asked of Robot, with the limits that are documented for it, and what was asked. */
@NullMarked
package dev.shedmaster.lab.robot.call;

import org.jspecify.annotations.NullMarked;
