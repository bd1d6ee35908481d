@NullMarked
package dev.shedmaster.core.stock;

import org.jspecify.annotations.NullMarked;
