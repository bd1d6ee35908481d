/** Workers on servers of our own: one program there, called over SSH. */
@NullMarked
package dev.shedmaster.machine.host;

import org.jspecify.annotations.NullMarked;
