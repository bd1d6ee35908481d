package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A reboot of a server whose outcome is awaited.
 */
@ApiRecord
public record HostReboot(
        @JsonPropertyDescription("How: Shell, Software, Power or Hardware.") @Required
        String by,

        @JsonPropertyDescription("When it was recorded, just before it was asked for.") @Required
        Instant at,

        @JsonPropertyDescription("The boot that ran before it, if one was known to.") @Nullable
        String bootBefore,

        @JsonPropertyDescription("The boot of the rescue system that the landlord told of before it.") @Nullable
        Instant rescueBefore,

        @JsonPropertyDescription("What was tried before it for the same purpose.") @Nullable
        String after) {}
