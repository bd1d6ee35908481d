/** The room that knows Kubernetes, beside the command line: reconcilers observe, ask the core, record and act. */
@NullMarked
package dev.shedmaster.kube;

import org.jspecify.annotations.NullMarked;
