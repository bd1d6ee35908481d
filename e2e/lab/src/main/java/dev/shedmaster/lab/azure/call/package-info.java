/** The calls of the protocol: which there are, what limits count them, and what a fault can be aimed at. */
@NullMarked
package dev.shedmaster.lab.azure.call;

import org.jspecify.annotations.NullMarked;
