@NullMarked
package dev.shedmaster.controlplane;

import org.jspecify.annotations.NullMarked;
