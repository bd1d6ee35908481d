package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * A disk of a server.
 */
@ApiRecord
public record HostDisk(
        @JsonPropertyDescription("Such as /dev/nvme0n1; may be another after each boot.") @Required
        String device,

        @JsonPropertyDescription("Its worldwide name.") @Nullable
        String wwn,

        @JsonPropertyDescription("Its serial number.") @Nullable
        String serial,

        @JsonPropertyDescription("Its size.") @Required String size) {}
