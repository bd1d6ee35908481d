/** Light hosts: servers that are simulated, and speak what a real server's programs speak. */
@NullMarked
package dev.shedmaster.lab.robot.light;

import org.jspecify.annotations.NullMarked;
