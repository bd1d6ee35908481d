package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/**
 * A server that is rented at Hetzner, which the operator installs.
 */
@ApiRecord
public record RobotServer(
        @JsonPropertyDescription("The HetznerAccount that the server belongs to.") @Required
        NameReference accountRef,

        @JsonPropertyDescription("The server's number, as Robot shows it.") @Required @Min(1) @Max(2147483647)
        int serverNumber) {}
