/** What a light host does in its rescue system: it is looked at, installed and wiped. */
@NullMarked
package dev.shedmaster.lab.robot.light.rescue;

import org.jspecify.annotations.NullMarked;
