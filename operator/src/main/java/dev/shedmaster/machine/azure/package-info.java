/** Azure virtual machines, by plain calls of Resource Manager. */
@NullMarked
package dev.shedmaster.machine.azure;

import org.jspecify.annotations.NullMarked;
