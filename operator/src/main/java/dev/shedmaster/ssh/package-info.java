/** One SSH client for all servers of our own: pinned host keys, bounds, and answers as values. */
@NullMarked
package dev.shedmaster.ssh;

import org.jspecify.annotations.NullMarked;
