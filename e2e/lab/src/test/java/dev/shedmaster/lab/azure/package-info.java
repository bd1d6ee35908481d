/** The stand-in for Azure, looked at from outside. */
@NullMarked
package dev.shedmaster.lab.azure;

import org.jspecify.annotations.NullMarked;
