@NullMarked
package dev.shedmaster.lab.demand;

import org.jspecify.annotations.NullMarked;
