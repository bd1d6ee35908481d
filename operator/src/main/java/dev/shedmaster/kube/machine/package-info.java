/** Connects to the accounts that machines come from, reports how that goes, and collects what was left behind. */
@NullMarked
package dev.shedmaster.kube.machine;

import org.jspecify.annotations.NullMarked;
