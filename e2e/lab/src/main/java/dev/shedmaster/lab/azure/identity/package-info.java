/** Tokens: the authority's endpoint and instance metadata. */
@NullMarked
package dev.shedmaster.lab.azure.identity;

import org.jspecify.annotations.NullMarked;
