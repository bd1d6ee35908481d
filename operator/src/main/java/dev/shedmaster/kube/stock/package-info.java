/** Keeps hosts stocked with the images that the workers of pools run. */
@NullMarked
package dev.shedmaster.kube.stock;

import org.jspecify.annotations.NullMarked;
