/** What is rented under an account: servers with their power, their network boots and their disks; keys and names. */
@NullMarked
package dev.shedmaster.lab.robot.estate;

import org.jspecify.annotations.NullMarked;
