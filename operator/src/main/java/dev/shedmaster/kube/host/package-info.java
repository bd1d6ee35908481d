/** Dedicated servers: the accounts that they are rented under. */
@NullMarked
package dev.shedmaster.kube.host;

import org.jspecify.annotations.NullMarked;
