@NullMarked
package dev.shedmaster.lab.time;

import org.jspecify.annotations.NullMarked;
