/**
 * The stand-in for Hetzner's Robot and the servers that are rented there, with state and limits, that can be told to
 * fail.
 */
@NullMarked
package dev.shedmaster.lab.robot;

import org.jspecify.annotations.NullMarked;
