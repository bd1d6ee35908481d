package dev.shedmaster.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What people have said of a host, and when the operator heard of it, by its own clock.
 */
@ApiRecord
public record HostWords(
        @JsonPropertyDescription("What of the spec its life rests on, as a hash.") @Nullable
        String specHash,

        @JsonPropertyDescription("Since when that is so.") @Nullable
        Instant specChangedAt,

        @JsonPropertyDescription("The newest value of the annotation shedmaster.dev/release.") @Nullable
        String release,

        @JsonPropertyDescription("Since when that is so.") @Nullable
        Instant releasedAt,

        @JsonPropertyDescription("When its object was deleted.") @Nullable
        Instant removedAt) {

    /** Nothing heard yet. */
    public static final HostWords NONE = new HostWords(null, null, null, null, null);
}
