/** A worker's life, from the wish for one to the proof that nothing of it is left. */
@NullMarked
package dev.shedmaster.core.worker;

import org.jspecify.annotations.NullMarked;
