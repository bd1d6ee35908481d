/** Faults that a test or a person switches on. */
@NullMarked
package dev.shedmaster.lab.azure.fault;

import org.jspecify.annotations.NullMarked;
