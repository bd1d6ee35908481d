@NullMarked
package dev.shedmaster.api;

import org.jspecify.annotations.NullMarked;
