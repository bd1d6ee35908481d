package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator sees of a Jenkins server.
 */
@ApiRecord
public record JenkinsServerStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about.") @Nullable
        Long observedGeneration,

        @JsonPropertyDescription("Ready, Reachable, CredentialsValid, PermissionsSufficient, DemandMatched, Unique.")
        @Size(min = 0, max = 16)
        List<Condition> conditions,

        @JsonPropertyDescription("Version of Jenkins.") @Nullable
        String version,

        @JsonPropertyDescription("The run of Jenkins that answers.") @Nullable
        JenkinsSession session,

        @JsonPropertyDescription("The queue in numbers.") QueueCounts queue,

        @JsonPropertyDescription(
                "What jobs ask for that neither a pool nor an agent outside the fleet serves, at most 20.")
        @Size(min = 0, max = 20)
        List<UnmatchedLabel> unmatched,

        @JsonPropertyDescription("What matters most now, in one line.") @Nullable
        String reason) {

    public JenkinsServerStatus {
        conditions = Absent.list(conditions);
        queue = Absent.or(queue, QueueCounts.EMPTY);
        unmatched = Absent.first(unmatched, 20);
    }

    /** Nothing observed yet. */
    public static JenkinsServerStatus initial() {
        return new JenkinsServerStatus(null, List.of(), null, null, QueueCounts.EMPTY, List.of(), null);
    }
}
