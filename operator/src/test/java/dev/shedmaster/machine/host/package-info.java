@NullMarked
package dev.shedmaster.machine.host;

import org.jspecify.annotations.NullMarked;
