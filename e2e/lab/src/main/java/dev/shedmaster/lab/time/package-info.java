/** The lab's time: real, faster than real, or moved by hand; and how long things take in it. */
@NullMarked
package dev.shedmaster.lab.time;

import org.jspecify.annotations.NullMarked;
