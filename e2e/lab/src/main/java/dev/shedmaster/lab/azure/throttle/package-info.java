/** The rate limits of Resource Manager and of the compute and network providers. */
@NullMarked
package dev.shedmaster.lab.azure.throttle;

import org.jspecify.annotations.NullMarked;
