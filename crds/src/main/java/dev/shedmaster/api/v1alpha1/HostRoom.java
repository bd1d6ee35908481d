package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * What of a host workers have, and what they could have.
 */
@ApiRecord
public record HostRoom(
        @JsonPropertyDescription("Workers that have it or wait for it.")
        int workers,

        @JsonPropertyDescription("Hardware threads that workers have, of those that they may have: 32/76.") @Required
        String cpus,

        @JsonPropertyDescription("Memory that workers have, of what they may have: 96Gi/244Gi.") @Required
        String memory,

        @JsonPropertyDescription(
                "Workers that have KVM, of those that may: 2/4; or how many, where there is no limit. Absent: it has none.")
        @Nullable
        String kvm) {}
