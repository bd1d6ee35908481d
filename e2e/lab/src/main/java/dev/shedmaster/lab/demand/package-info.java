/** Real demand: a year of builds of an operating system, replayed as a user of the controller would ask for them. */
@NullMarked
package dev.shedmaster.lab.demand;

import org.jspecify.annotations.NullMarked;
