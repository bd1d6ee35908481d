package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * The managed identity of the machine that the operator runs on.
 */
@ApiRecord
public record ManagedIdentityAuth(
        @JsonPropertyDescription("Client id of a user-assigned identity. Absent: the system-assigned one.")
        @Pattern(Forms.UUID)
        @Size(min = 1, max = 36)
        @Nullable
        String clientId) {}
