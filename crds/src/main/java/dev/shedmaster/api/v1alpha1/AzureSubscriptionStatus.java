package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees of a subscription.
 */
@ApiRecord
public record AzureSubscriptionStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, CredentialsValid, ResourceGroupUsable, QuotaKnown.") @Size(min = 0, max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("Workers that have a machine here, or wait for one.")
        int workers,

        @JsonPropertyDescription("Virtual CPUs of these workers' machines.")
        int vcpus,

        @JsonPropertyDescription("Offerings that are passed over for a while, at most 20.") @Size(min = 0, max = 20)
        List<UnavailableOffering> unavailable,

        @JsonPropertyDescription("Machines that nothing knew.")
        LeakCounts leaks,

        @JsonPropertyDescription("What matters most now, in one line.") @Nullable
        String reason) {

    public AzureSubscriptionStatus {
        conditions = Absent.list(conditions);
        unavailable = Absent.first(unavailable, 20);
        leaks = Absent.or(leaks, LeakCounts.NONE);
    }

    /** Nothing observed yet. */
    public static AzureSubscriptionStatus initial() {
        return new AzureSubscriptionStatus(null, List.of(), 0, 0, List.of(), LeakCounts.NONE, null);
    }
}
