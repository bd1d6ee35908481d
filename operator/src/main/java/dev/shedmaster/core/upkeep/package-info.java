/**
 * When a host may be taken out of service for work on itself, such as another version of its system.
 *
 * <p>{@link dev.shedmaster.core.upkeep.UpgradeTurns} is the door: hosts as they are ({@code HostUpkeep}) go in, for
 * each that has work ahead a {@code Turn} comes out. {@code MaintenanceWindow}s are when its owner allows it.
 */
@NullMarked
package dev.shedmaster.core.upkeep;

import org.jspecify.annotations.NullMarked;
