/** The disks of a server, and what is on them. */
@NullMarked
package dev.shedmaster.lab.robot.disk;

import org.jspecify.annotations.NullMarked;
