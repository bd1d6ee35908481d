/** The machine's inside: its first boot reads the custom data as a real system would and starts the agent that it describes. */
@NullMarked
package dev.shedmaster.lab.azure.guest;

import org.jspecify.annotations.NullMarked;
