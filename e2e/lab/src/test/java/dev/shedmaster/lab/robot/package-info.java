/** Tests of the stand-in for Robot, by its own client and by ones that we did not write. */
@NullMarked
package dev.shedmaster.lab.robot;

import org.jspecify.annotations.NullMarked;
