/** What the core's effects need from the world, and the closed set of answers that the world may give. */
@NullMarked
package dev.shedmaster.port;

import org.jspecify.annotations.NullMarked;
