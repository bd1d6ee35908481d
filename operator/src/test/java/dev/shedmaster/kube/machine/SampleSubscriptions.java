package dev.shedmaster.kube.machine;

import dev.shedmaster.api.v1alpha1.AzureAuth;
import dev.shedmaster.api.v1alpha1.AzureLimits;
import dev.shedmaster.api.v1alpha1.AzureSubscription;
import dev.shedmaster.api.v1alpha1.AzureSubscriptionSpec;
import dev.shedmaster.api.v1alpha1.LeakCollection;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/** The AzureSubscription {@code azure} of a namespace. */
public final class SampleSubscriptions {
    private SampleSubscriptions() {}

    static AzureSubscription azure(LeakCollection leaks) {
        return azure("ci", new AzureAuth(null, null, null), leaks);
    }

    public static AzureSubscription azure(String namespace, AzureAuth auth, LeakCollection leaks) {
        AzureSubscription subscription = new AzureSubscription();
        subscription.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName("azure")
                .withGeneration(1L)
                .build());
        subscription.setSpec(new AzureSubscriptionSpec(
                "00000000-0000-0000-0000-000000000000",
                "ci-workers",
                "westeurope",
                auth,
                AzureLimits.DEFAULT,
                null,
                leaks,
                List.of()));
        return subscription;
    }
}
