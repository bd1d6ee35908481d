package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a host.
 */
@ApiRecord
public record HostTrouble(
        @JsonPropertyDescription("The kind in one CamelCase word; each has its page in the runbook.") @Required
        String reason,

        @JsonPropertyDescription("What was seen, and what to do about it.") @Required
        String message,

        @JsonPropertyDescription(
                "Of a host that is Failed, when it is tried again; of one that is Unfit, when that was last found out.")
        @Nullable
        Instant at) {}
