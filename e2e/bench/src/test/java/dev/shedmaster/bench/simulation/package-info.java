@NullMarked
package dev.shedmaster.bench.simulation;

import org.jspecify.annotations.NullMarked;
