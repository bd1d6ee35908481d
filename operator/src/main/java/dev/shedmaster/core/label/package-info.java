/** Jenkins' label expression language: parse, evaluate, print. */
@NullMarked
package dev.shedmaster.core.label;

import org.jspecify.annotations.NullMarked;
