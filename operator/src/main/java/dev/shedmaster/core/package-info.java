@NullMarked
package dev.shedmaster.core;

import org.jspecify.annotations.NullMarked;
