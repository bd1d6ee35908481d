/** How much is done at once. */
@NullMarked
package dev.shedmaster.kube.concurrent;

import org.jspecify.annotations.NullMarked;
