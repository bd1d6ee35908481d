package badhouse.ci.one;

import badhouse.ci.two.Beta;
import badhouse.machine.one.Gamma;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.reconciler.Context;

/** Knows another CI system, a provider and Kubernetes. */
public record Alpha(Beta beta, Gamma gamma, Pod pod, Context<Pod> context) {}
