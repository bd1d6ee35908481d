/**
 * Reads what a pool's owner wants and shows it to the planner, tells the pool what the last plan says of it, and lets its workers go
 * before it.
 */
@NullMarked
package dev.shedmaster.kube.pool;

import org.jspecify.annotations.NullMarked;
