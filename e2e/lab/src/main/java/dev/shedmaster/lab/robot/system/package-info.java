/** What answers the commands that come over SSH: the rescue system and an installed one. */
@NullMarked
package dev.shedmaster.lab.robot.system;

import org.jspecify.annotations.NullMarked;
