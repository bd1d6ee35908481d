/**
 * A real Kubernetes control plane, from whatever the machine has: the user's own cluster, K3s in Docker, ready
 * binaries, a download, or a build from Go modules. {@link dev.shedmaster.controlplane.ControlPlane} is the way in.
 */
@NullMarked
package dev.shedmaster.controlplane;

import org.jspecify.annotations.NullMarked;
