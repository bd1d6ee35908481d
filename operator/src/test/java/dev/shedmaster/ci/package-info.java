@NullMarked
package dev.shedmaster.ci;

import org.jspecify.annotations.NullMarked;
