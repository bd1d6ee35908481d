/** Connects to CI systems and reports how that goes. */
@NullMarked
package dev.shedmaster.kube.ci;

import org.jspecify.annotations.NullMarked;
