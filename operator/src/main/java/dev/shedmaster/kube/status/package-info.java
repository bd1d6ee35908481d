/** How conditions, events and references are written, the same way for every kind. */
@NullMarked
package dev.shedmaster.kube.status;

import org.jspecify.annotations.NullMarked;
