@NullMarked
package dev.shedmaster.port;

import org.jspecify.annotations.NullMarked;
