/** The stand-in for Azure: Resource Manager, the token endpoint and instance metadata, with state and limits, that can be told to fail. */
@NullMarked
package dev.shedmaster.lab.azure;

import org.jspecify.annotations.NullMarked;
