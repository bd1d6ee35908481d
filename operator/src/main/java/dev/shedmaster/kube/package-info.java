/** The only room that knows Kubernetes: reconcilers observe, ask the core, record and act. */
@NullMarked
package dev.shedmaster.kube;

import org.jspecify.annotations.NullMarked;
