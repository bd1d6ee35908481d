/** Who may ask: logins, the block after wrong passwords, and the limits of requests. */
@NullMarked
package dev.shedmaster.lab.robot.access;

import org.jspecify.annotations.NullMarked;
