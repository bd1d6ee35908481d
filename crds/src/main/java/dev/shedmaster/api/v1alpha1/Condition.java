package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One observed aspect of an object, in the shape that Kubernetes tools such as kubectl wait understand.
 */
@ApiRecord
public record Condition(
        @JsonPropertyDescription("What this is about, such as Ready.") @Required @Size(min = 1, max = 316)
        String type,

        @JsonPropertyDescription("True, False or Unknown.") @Required
        ConditionStatus status,

        @JsonPropertyDescription("The cause in one CamelCase word, for programs.") @Required @Size(min = 1, max = 1024)
        String reason,

        @JsonPropertyDescription("The cause and what to do about it, for people.") @Required
        String message,

        @JsonPropertyDescription("When the status last changed.") @Required
        Instant lastTransitionTime,

        @JsonPropertyDescription("The generation of the object that this was found for.") @Nullable
        Long observedGeneration) {

    /** Of every kind: whether it works as it should; of a worker: whether it runs a job or could take one now. */
    public static final String READY = "Ready";

    /** Of a pool: whether it has, or gets, the size that it should have. */
    public static final String SCALING = "Scaling";

    /** Of a Jenkins server: whether it answers. */
    public static final String REACHABLE = "Reachable";

    /** Of a Jenkins server, a subscription or a Hetzner account: whether the operator can sign in. */
    public static final String CREDENTIALS_VALID = "CredentialsValid";

    /** Of a Jenkins server: whether the user may do all that is needed. */
    public static final String PERMISSIONS_SUFFICIENT = "PermissionsSufficient";

    /** Of a Jenkins server: whether a pool, or an agent outside the fleet, serves every job. */
    public static final String DEMAND_MATCHED = "DemandMatched";

    /** Of a Jenkins server: whether no other object is known to stand for the same Jenkins. */
    public static final String UNIQUE = "Unique";

    /** Of a subscription: whether its own quotas could be read, so that machines are asked for within them. */
    public static final String QUOTA_KNOWN = "QuotaKnown";

    /** Of a subscription: whether the group exists and machines can be made in it. */
    public static final String RESOURCE_GROUP_USABLE = "ResourceGroupUsable";

    /** Of a Hetzner account: whether Robot answers. */
    public static final String ROBOT_REACHABLE = "RobotReachable";

    /** Of a Hetzner account: whether requests wait because there were too many. */
    public static final String RATE_LIMITED = "RateLimited";

    /** Of a Hetzner account: whether the SSH key is one that the operator can sign in to servers with. */
    public static final String KEY_USABLE = "KeyUsable";

    /** Of a host: whether its system is the one that its spec asks for. */
    public static final String PROVISIONED = "Provisioned";

    /** Of a host: whether nothing is wrong with it, as far as it says. */
    public static final String HEALTHY = "Healthy";

    /** Of a host: whether its disks, memory, temperatures and file systems are well, as far as it tells. */
    public static final String HARDWARE_HEALTHY = "HardwareHealthy";

    /** Of a host: whether workers that need KVM can have it. */
    public static final String KVM_USABLE = "KvmUsable";

    /** Of a host: whether it has the images that pools want their workers there to run. */
    public static final String IMAGES_READY = "ImagesReady";
}
