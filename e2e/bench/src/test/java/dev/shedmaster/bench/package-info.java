@NullMarked
package dev.shedmaster.bench;

import org.jspecify.annotations.NullMarked;
