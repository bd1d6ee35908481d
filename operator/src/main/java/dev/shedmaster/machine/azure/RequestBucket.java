package dev.shedmaster.machine.azure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Azure counts requests by: Resource Manager by operation, behind it the compute provider by cost. Both per
 * subscription and region.
 */
public enum RequestBucket {
    ARM_READS("x-ms-ratelimit-remaining-subscription-reads", null),
    ARM_WRITES("x-ms-ratelimit-remaining-subscription-writes", null),
    ARM_DELETES("x-ms-ratelimit-remaining-subscription-deletes", null),
    PUT_VM(null, "PutVM"),
    DELETE_VM(null, "DeleteVM"),
    LOW_COST_GET(null, "LowCostGet"),
    HIGH_COST_GET(null, "HighCostGet"),
    GET_OPERATION(null, "GetOperation");

    private final @Nullable String header;
    private final @Nullable String policy;

    RequestBucket(@Nullable String header, @Nullable String policy) {
        this.header = header;
        this.policy = policy;
    }

    /** The header that says how many are left in one of Resource Manager's own buckets. */
    @Nullable
    String header() {
        return header;
    }

    /**
     * The compute provider's bucket of that name, however its window or width is added to it ({@code PutVM3Min}, {@code
     * PutVMSubscriptionMaximum}). The bucket of a single machine is none of these: see {@link #isOfOneResource}.
     */
    static Optional<RequestBucket> named(String policy) {
        String plain =
                policy.replaceFirst("^Microsoft\\.Compute/", "").replaceFirst("(\\d+[Mm]in|SubscriptionMaximum)$", "");
        return Arrays.stream(values())
                .filter(bucket -> bucket.policy != null
                        && bucket.policy.toLowerCase(Locale.ROOT).equals(plain.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Whether a name is that of one machine's or operation's own bucket, which says nothing of the others. */
    static boolean isOfOneResource(String policy) {
        return policy.endsWith("Resource");
    }
}
