package dev.shedmaster.kube.worker;

import dev.shedmaster.api.v1alpha1.WorkerPool;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The pool {@code ci/kvm} of {@link SampleWorkers}, as an owner writes it. */
final class SamplePools {
    private SamplePools() {}

    /** @param more lines of its spec, each indented by two and ended */
    static WorkerPool kvm(String more) {
        return Serialization.unmarshal("""
                apiVersion: shedmaster.dev/v1alpha1
                kind: WorkerPool
                metadata: {namespace: ci, name: kvm}
                spec:
                  ci: {jenkins: {serverRef: {name: jenkins}, labels: [amd64]}}
                  machine: {architecture: amd64}
                  placements: []
                  scaling: {max: 2}
                """ + more, WorkerPool.class);
    }
}
