/** The lab's own endpoints beside the protocol: faults, state, the machines' histories. */
@NullMarked
package dev.shedmaster.lab.azure.admin;

import org.jspecify.annotations.NullMarked;
