@NullMarked
package dev.shedmaster.ssh;

import org.jspecify.annotations.NullMarked;
