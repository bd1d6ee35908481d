/** Carries a worker through its life: observe, decide, record, act. */
@NullMarked
package dev.shedmaster.kube.worker;

import org.jspecify.annotations.NullMarked;
