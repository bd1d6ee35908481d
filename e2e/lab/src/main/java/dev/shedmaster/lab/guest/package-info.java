/** The inside of machines and containers: a first boot reads what it is given as a real system would and starts the agent that it describes. */
@NullMarked
package dev.shedmaster.lab.guest;

import org.jspecify.annotations.NullMarked;
