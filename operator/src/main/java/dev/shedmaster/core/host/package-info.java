/**
 * The rule of a dedicated server's life, pure: from a server that was rented to a host that serves, through broken disks and lost
 * power, to the end. {@link dev.shedmaster.core.host.HostLifecycle} is the door.
 */
@NullMarked
package dev.shedmaster.core.host;

import org.jspecify.annotations.NullMarked;
