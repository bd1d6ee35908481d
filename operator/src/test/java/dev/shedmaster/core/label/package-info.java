@NullMarked
package dev.shedmaster.core.label;

import org.jspecify.annotations.NullMarked;
