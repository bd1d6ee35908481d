/** Readings of the outside world, taken again and again, and the connections that they are taken through. */
@NullMarked
package dev.shedmaster.kube.feed;

import org.jspecify.annotations.NullMarked;
